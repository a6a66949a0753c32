export default {
  entry: ['src/main.ts', 'simulator/main.ts', 'simulator/*/main.ts', 'test/**/*.test.ts', 'scripts/*.ts'],
  project: ['src/**/*.ts', 'simulator/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
  ignoreDependencies: ['node'],
};
