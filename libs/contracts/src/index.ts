export * from './session/image-spec.js';
export * from './session/session-spec.js';
export * from './session/observation.js';
