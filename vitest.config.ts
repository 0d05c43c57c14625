import { defineConfig } from 'vitest/config';

/** Tests read the TypeScript sources of the libraries (export condition `source`), so no build comes first. */
const shared = {
  resolve: { conditions: ['source', 'module', 'node', 'development|production'] },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
};
/** A busy build machine makes real servers late now and then: there, a test that fails is run again before it counts. */
const retry = process.env['CI'] ? 2 : 0;
/** Threads of services read TypeScript, too: they are started with what this process was started with. */
const threadsOfSources = [
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  `--import=${new URL('tools/testing/typescript-sources.mjs', import.meta.url).href}`,
];
/** In a browser things take their time, the more so on a busy machine; a poll without a limit of its own waits so long. */
const patient = { poll: { timeout: 15_000 } };
const exclude = ['**/node_modules/**', '**/dist/**', '.cache/**', '.data/**'];

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          // Modules are evaluated once for each process, not for each file: that was more than half of the time.
          isolate: false,
          // Memory is measured without what only waits for the collector.
          execArgv: ['--expose-gc'],
          include: ['{libs,services,tools,images,labs,test}/**/*.spec.ts'],
          exclude: [...exclude, '**/*.{int,cluster,installed,e2e,chaos,slow}.spec.ts'],
        },
      },
      {
        ...shared,
        test: {
          name: 'int',
          // Services are imported once, not again for each file: for two of them that was half of the time.
          isolate: false,
          include: ['{libs,services,tools,images,labs}/**/*.int.spec.ts'],
          exclude,
          globalSetup: ['tools/dev/src/testing/global-setup.ts'],
          execArgv: threadsOfSources,
          testTimeout: 60_000,
          retry,
          hookTimeout: 120_000,
          // Two files at once: every spec has databases, brokers and names of its own, and mostly waits for others.
          maxWorkers: 2,
        },
      },
      {
        ...shared,
        test: {
          name: 'cluster',
          include: ['{libs,tools}/**/*.cluster.spec.ts'],
          exclude,
          globalSetup: ['tools/cluster/testing/global-setup.ts'],
          // Memory is measured without what only waits for the collector.
          execArgv: ['--expose-gc'],
          testTimeout: 60_000,
          retry,
          hookTimeout: 120_000,
          // They wait for the cluster nearly all the time.
          maxWorkers: 2,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          expect: patient,
          include: ['test/e2e/**/*.e2e.spec.ts'],
          exclude,
          globalSetup: ['test/e2e/support/global-setup.ts'],
          testTimeout: 300_000,
          retry,
          hookTimeout: 900_000,
          // Two browsers at once, each with a learner of its own: `product()` knows the worker.
          maxWorkers: 2,
        },
      },
      {
        ...shared,
        test: {
          name: 'installed',
          expect: patient,
          include: ['test/e2e/**/*.e2e.spec.ts', '{test,tools}/**/*.installed.spec.ts'],
          exclude,
          globalSetup: ['tools/cluster/testing/installed.setup.ts'],
          testTimeout: 300_000,
          retry,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'slow',
          include: ['{images,labs,test}/**/*.slow.spec.ts'],
          exclude,
          globalSetup: ['tools/dev/src/testing/global-setup.ts'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'chaos',
          expect: patient,
          include: ['test/chaos/**/*.chaos.spec.ts'],
          exclude,
          globalSetup: ['test/e2e/support/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      // A pattern, so that the other suites also run from a copy without the web app.
      'web/vite.config.{ts,mts}',
    ],
  },
});
