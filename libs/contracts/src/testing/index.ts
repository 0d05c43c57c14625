export * from './forbidden-specs.js';
