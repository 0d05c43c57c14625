export * from './session/image-spec.js';
export * from './session/session-spec.js';
export * from './session/observation.js';
export * from './messaging/event.js';
export * from './messaging/problem.js';
export * from './messaging/principal.js';
export * from './messaging/request.js';
export * from './messaging/registry.js';
