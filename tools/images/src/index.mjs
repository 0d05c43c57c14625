export { buildImages } from './build.mjs';
export { imageNames, otherImageNames } from './images.mjs';
export { missingPackages, missingSentence, requiredPackages } from './requirements.mjs';
export { readStatus } from './status.mjs';
