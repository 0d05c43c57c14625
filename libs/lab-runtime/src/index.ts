export * from './port/lab-runtime.js';
export * from './port/runtime-error.js';
export { createLocalRuntime, type LocalRuntimeOptions } from './local/create-local-runtime.js';
export type { LocalRuntime } from './local/local-runtime.js';
export { startEngine, type StartedEngine } from './local/engine/start-engine.js';
export { removeEngine } from './local/engine/remove-engine.js';
export { findEngine } from './local/engine/find-engine.js';
export { probeEngine } from './local/engine/probe-engine.js';
export type { EngineFacts } from './local/engine/engine-facts.js';
