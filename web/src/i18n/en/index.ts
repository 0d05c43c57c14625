import { first } from './first.js';
import { others } from './others.js';

/** Every English text. German has the same keys, or it does not compile. */
export const en = { ...first, ...others };
export type Texts = typeof en;
