/** Who may import what; ARCHITECTURE.md says why. */
const packages = (names) => names.map((name) => `^node_modules/${name}/`);
const only = (name, from, allowed, allowedPackages = []) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...allowed, ...packages(allowedPackages)] },
});

const node =
  '^(node:)?(async_hooks|crypto|fs|module|net|path|url|events|stream|http|timers|buffer|os|sqlite)(/promises)?$';

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('core-knows-nothing', '^src/core/', []),
    only('workflow-knows-core', '^src/workflow/', ['^src/core/']),
    only('cards', '^src/cards/', ['^src/core/', node], ['adaptivecards-templating', 'adaptive-expressions', 'zod']),
    only('azure', '^src/azure/', ['^src/core/', node], ['@azure', 'zod']),
    only(
      'store',
      '^src/store/',
      ['^src/core/', node],
      ['drizzle-orm', 'pg', '@types/pg', '@electric-sql/pglite', 'pg-boss'],
    ),
    only('jobs', '^src/jobs/', ['^src/workflow/', '^src/core/'], ['pg-boss']),
    only(
      'bot',
      '^src/bot/',
      ['^src/workflow/', '^src/cards/', '^src/core/'],
      ['botbuilder', 'botbuilder-core', 'botframework-connector', 'botframework-schema', 'jose', 'zod'],
    ),
    only(
      'server',
      '^src/(server/.*|server|azure-events)\\.ts$',
      ['^src/bot/', '^src/workflow/', '^src/core/', '^src/config\\.ts$', node],
      ['restify', '@types/restify', 'jose', 'zod'],
    ),
    only(
      'config-log-metrics',
      '^src/(config|log|metrics|governance-[a-z]+)\\.ts$',
      ['^src/core/', '^src/timers\\.ts$', node],
      ['zod', 'yaml', 'pino', 'prom-client'],
    ),
    {
      name: 'simulator-is-an-independent-witness',
      severity: 'error',
      from: { path: '^simulator/', pathNot: '^simulator/start(-app)?\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'only-start-joins-simulator-and-app',
      severity: 'error',
      from: { path: '^simulator/start(-app)?\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(app|config)\\.ts$' },
    },
    {
      name: 'src-never-needs-the-simulator',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(simulator|test)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
