export default {
  entry: ['simulator/*/main.ts', 'test/**/*.test.ts', 'scripts/*.ts', 'test/browser/jest.config.js'],
  // The test of the real Azure CLI makes a certificate with it, and is skipped without it.
  ignoreBinaries: ['openssl'],
  project: ['src/**/*.ts', 'simulator/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
};
