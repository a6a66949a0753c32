// Jest wants a default export.
export { startRecording as default } from './start-recording.ts';
