import type { builtinVariableNames } from '@lab-orchestrator/contracts';

/** Those of the contract; a spec compares them, so that the schemas need not come along. */
export const builtinVariables: typeof builtinVariableNames = ['user.name', 'user.id', 'session.id'];
