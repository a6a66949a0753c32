export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
  // What the product asks of Azure is collected over the whole run and compared with docs/azure.md.
  globalSetup: '<rootDir>/test/azure-calls/before-run.js',
  setupFilesAfterEnv: ['<rootDir>/test/azure-calls/record-calls.ts'],
  globalTeardown: '<rootDir>/test/azure-calls/after-run.js',
  maxWorkers: 2,
  // Jest never lets go of the modules of a test file: after a hundred of them collecting garbage takes most of the time.
  workerIdleMemoryLimit: '600MB',
  testTimeout: 60_000,
};
