/** The import rule of the architecture, as lint errors. Specs and their fixtures may also use tools/dev. */
const spec = '(\\.(spec|fixture)\\.tsx?$|/testing/)';
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: spec },
  to: { path: '^(libs|services|web|tools)/', pathNot: [from, ...allowed.map((path) => `^${path}/`)] },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('contracts-import-zod-only', '^libs/contracts/', []),
    {
      name: 'contracts-zod',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: [spec, 'src/generate/'] },
      to: { dependencyTypes: ['npm'], pathNot: 'node_modules/zod/' },
    },
    only('page-compiler', '^libs/page-compiler/', ['libs/contracts']),
    only('lab-folder', '^libs/lab-folder/', ['libs/contracts', 'libs/page-compiler']),
    only('lab-runtime', '^libs/lab-runtime/', ['libs/contracts']),
    only('platform', '^libs/platform/', ['libs/contracts']),
    only('web', '^web/', ['libs/contracts', 'libs/page-compiler', 'libs/lab-folder']),
    only('gateway', '^services/gateway/', ['libs/contracts', 'libs/platform']),
    only('auth-service', '^services/auth-service/', ['libs/contracts', 'libs/platform']),
    only('lab-service', '^services/lab-service/', ['libs/contracts', 'libs/platform', 'libs/lab-folder']),
    only('instruction-service', '^services/instruction-service/', [
      'libs/contracts',
      'libs/platform',
      'libs/page-compiler',
    ]),
    only('labctl', '^tools/labctl/', ['libs/contracts', 'libs/lab-folder', 'libs/lab-runtime', 'libs/page-compiler']),
    only('provisioner', '^services/provisioner/', ['libs/contracts', 'libs/platform', 'libs/lab-runtime']),
    only('console-service', '^services/console-service/', ['libs/contracts', 'libs/platform', 'libs/lab-runtime']),
    {
      // Its client is most of what a process on one machine would load: 35 MB of memory, and a second.
      name: 'kubernetes-runtime-on-demand',
      severity: 'error',
      from: { path: '^libs/lab-runtime/src/', pathNot: ['^libs/lab-runtime/src/kubernetes/', spec] },
      to: { path: '^libs/lab-runtime/src/kubernetes/(index|create-|kubernetes-)', dynamic: false },
    },
    {
      name: 'runtime-without-nest',
      severity: 'error',
      from: { path: '^libs/lab-runtime/' },
      to: { path: 'node_modules/(@nestjs|typeorm|pg)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'default'] },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
  },
};
