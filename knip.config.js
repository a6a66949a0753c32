export default {
  entry: ['simulator/*/main.ts', 'test/**/*.test.ts', 'scripts/*.ts', 'test/browser/jest.config.js'],
  project: ['src/**/*.ts', 'simulator/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
};
