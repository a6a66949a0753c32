// Jest wants a default export.
export { compareCalls as default } from './compare-calls.ts';
