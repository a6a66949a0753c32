import { join } from 'node:path';
import { env } from 'node:process';

// Node keeps here what it compiled, for the workers and for every process that a test starts.
env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/exemption-desk/compiled');

export default {
  testEnvironment: '<rootDir>/test/runner/environment.cjs',
  runtime: '<rootDir>/test/runner/runtime.cjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  // Node itself loads modules and strips types.
  transform: {},
  // What the product asks of Azure is collected over the whole run and compared with docs/azure.md.
  globalSetup: '<rootDir>/test/azure-calls/before-run.js',
  setupFilesAfterEnv: ['<rootDir>/test/azure-calls/record-calls.ts'],
  globalTeardown: '<rootDir>/test/azure-calls/after-run.js',
  maxWorkers: 2,
  // A worker that grows beyond this makes way for a new one.
  workerIdleMemoryLimit: '1.5GB',
  testTimeout: 60_000,
};
