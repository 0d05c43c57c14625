export * from './port/lab-runtime.js';
export * from './port/runtime-error.js';
