import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

// For the threads of services in specs, which Vitest does not look after: packages of this repository are read from
// their sources, and those name their neighbours as they are called when they are built.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('@lab-orchestrator/'))
      return next(specifier, { ...context, conditions: ['source', ...context.conditions] });
    const isOfSources = context.parentURL?.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(specifier);
    const source = isOfSources ? new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL) : undefined;
    return next(source && existsSync(source) ? source.href : specifier, context);
  },
});
