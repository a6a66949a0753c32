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
  // Jest never lets go of the modules of a test file: after a hundred of them collecting garbage takes most of the time.
  workerIdleMemoryLimit: '600MB',
  testTimeout: 60_000,
};
