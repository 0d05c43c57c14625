export * from './alias-bomb.js';
export * from './zip.js';
export * from './sample-lab.js';
export * from './guide.js';
