import type { Texts } from '../en/index.js';
import { first } from './first.js';
import { others } from './others.js';

/** Every German text. */
export const de: Texts = { ...first, ...others };
