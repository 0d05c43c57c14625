/** Values of `@lab-orchestrator/contracts` without zod; see build/contract-values.ts. */
declare module 'virtual:contract' {
  type Contracts = typeof import('@lab-orchestrator/contracts');

  export const apiPrefix: string;
  export const routes: Readonly<
    Record<keyof Contracts['routes'], { readonly method: string; readonly path: string; readonly idempotent: boolean }>
  >;
  export const consoleCloseCodes: Contracts['consoleCloseCodes'];
  export const phases: Contracts['phases'];
  export const stages: Contracts['stages'];
  export const labLevels: Contracts['labLevels'];
  export const tokenScopes: Contracts['tokenScopes'];
}
