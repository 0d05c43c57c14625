import { runnerImport, type Plugin } from 'vite';

type Contracts = typeof import('@lab-orchestrator/contracts');
const id = 'virtual:contract';

/**
 * The few values of the contract that the browser needs, computed at build time.
 * Importing the contract itself would bring zod and every schema to the login page.
 */
export function contractValues(): Plugin {
  return {
    name: 'contract-values',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: async (source) => (source === `\0${id}` ? await generate() : undefined),
  };
}

async function generate() {
  const { module } = await runnerImport<Contracts>('@lab-orchestrator/contracts', {
    configFile: false,
    logLevel: 'error',
    // The runner has an environment of its own, which takes nothing from `resolve`.
    environments: { inline: { resolve: { conditions: ['source'] } } },
  });
  const routes = Object.fromEntries(
    Object.entries(module.routes).map(([name, { method, path, idempotent }]) => [name, { method, path, idempotent }]),
  );
  const values = {
    apiPrefix: module.apiPrefix,
    routes,
    consoleCloseCodes: module.consoleCloseCodes,
    phases: module.phases,
    stages: module.stages,
    labLevels: module.labLevels,
    tokenScopes: module.tokenScopes,
  };
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
}
