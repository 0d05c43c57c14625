import { accounts } from './0001-accounts.js';
import { tokens } from './0002-tokens.js';
import { audit } from './0003-audit.js';

/** In the order in which they run. */
export const migrations = [accounts, tokens, audit] as const;
