/**
 * Who may import what. ARCHITECTURE.md says why.
 *
 * Layers come first: core, workflow, and the adapters (cards, bot, azure, store, jobs, …). Most layers are divided into rooms, one folder per concept; a
 * room may import only the rooms named beside it.
 */

const node =
  '^(node:)?(async_hooks|crypto|dns|fs|module|net|path|url|events|stream|https?|timers|tls|buffer|os|sqlite)(/promises)?$';

const packages = (names) => names.map((name) => `^node_modules/${name}/`);

/** Files under `from` may import each other, what `allowed` matches, and `allowedPackages`; nothing else. */
const only = (name, from, allowed, allowedPackages = []) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...allowed, ...packages(allowedPackages)] },
});

const core = '^src/core/';
const workflow = '^src/workflow/';

/** Each connection to another system, with the packages that it alone may import. */
const connections = {
  mail: [],
  tickets: [],
  webhooks: [],
  siem: ['@azure'],
  'policy-as-code': [],
};

const layers = [
  only('core-knows-nothing', core, []),
  only('workflow-knows-core', workflow, [core]),
  only('cards', '^src/cards/', [core, node], ['adaptivecards-templating', 'adaptive-expressions', 'zod']),
  only('azure', '^src/azure/', [core, node], ['@azure', 'entities', 'zod', 'lru-cache']),
  only('store', '^src/store/', [core, node], ['drizzle-orm', 'pg', '@types/pg', '@electric-sql/pglite', 'pg-boss']),
  only('jobs', '^src/jobs/', [workflow, core, node], ['pg-boss']),
  only(
    'bot',
    '^src/bot/',
    [workflow, '^src/cards/', core],
    ['botbuilder', 'botbuilder-core', 'botframework-connector', 'botframework-schema', 'jose', 'zod'],
  ),
  only(
    'server',
    '^src/server/',
    ['^src/bot/', workflow, core, '^src/config\\.ts$', node],
    ['restify', '@types/restify', 'jose', 'zod'],
  ),
  only('api', '^src/api/', [workflow, core, node], ['zod', 'jose']),
  only('config', '^src/(config\\.ts$|settings/)', [core, node], ['zod']),
  only(
    'governance',
    '^src/governance/',
    [core, '^src/config\\.ts$', '^src/timers\\.ts$', node],
    ['zod', 'yaml', 're2js'],
  ),
  only('observe', '^src/observe/', [core, '^src/config\\.ts$', '^src/timers\\.ts$', node], ['pino', 'prom-client']),
  ...Object.entries(connections).map(([connection, ownPackages]) =>
    only(
      `connections/${connection}`,
      `^src/connections/${connection}/`,
      [workflow, core, node],
      ['zod', ...ownPackages],
    ),
  ),
];

/** Each room with the rooms of its layer that it may import. */
const rooms = {
  core: {
    tenant: [],
    typed: [],
    access: ['tenant'],
    exemption: ['tenant'],
    score: ['exemption'],
    alert: ['exemption', 'governance', 'tenant', 'typed'],
    governance: ['exemption', 'tenant'],
    plan: ['access', 'exemption', 'tenant'],
    inventory: ['exemption', 'plan', 'request', 'tenant'],
    replay: ['governance', 'ledger', 'request', 'tenant'],
    report: ['inventory', 'replay', 'request', 'tenant', 'typed'],
    request: ['exemption', 'governance', 'plan', 'tenant', 'typed'],
    chat: ['alert', 'ledger', 'plan', 'report', 'request', 'score'],
    ledger: ['alert', 'exemption', 'plan', 'request', 'tenant'],
    mirror: ['access', 'exemption', 'inventory', 'score', 'tenant'],
    connection: ['ledger', 'tenant'],
    desk: ['alert', 'chat', 'connection', 'inventory', 'ledger', 'mirror', 'report', 'request'],
  },
  workflow: {
    rights: [],
    mirror: [],
    alert: ['rights'],
    connect: [],
    record: ['rights'],
    ledger: ['record'],
    plan: ['record', 'rights'],
    inventory: ['alert', 'mirror', 'plan', 'record', 'rights'],
    subscribe: ['alert', 'recommendation', 'rights'],
    recommendation: ['inventory', 'mirror', 'plan', 'rights'],
    write: ['plan', 'record', 'rights'],
    decide: ['plan', 'record', 'rights', 'write'],
    tell: ['alert', 'decide', 'plan', 'record', 'rights'],
    report: ['inventory', 'mirror', 'rights', 'tell'],
    sweep: ['alert', 'inventory', 'plan', 'record'],
    home: ['inventory', 'recommendation', 'rights', 'tell'],
    operate: ['connect', 'decide', 'home', 'inventory', 'ledger', 'mirror', 'report', 'sweep', 'tell'],
    ask: ['decide', 'inventory', 'plan', 'recommendation', 'record', 'rights', 'tell'],
  },
  cards: {
    recommendation: [],
    report: [],
    request: ['recommendation'],
    exemption: ['request'],
    alert: ['exemption', 'request'],
  },
  azure: {
    client: [],
    access: ['client'],
    defender: ['client'],
    ledger: [],
    policy: ['client'],
    mirror: ['access', 'client', 'defender', 'policy'],
  },
  store: {
    chat: ['engine'],
    engine: [],
    inventory: ['engine'],
    ledger: ['engine', 'outbox'],
    mirror: ['engine'],
    outbox: ['engine'],
    request: ['engine'],
  },
  bot: {
    door: [],
    teams: [],
    roster: [],
  },
};

/** The files beside the rooms are the ground floor (every room may import them, they import no room) or the roof (the other way round). */
const groundFloors = ['core', 'workflow', 'cards'];
const roofs = ['azure', 'store', 'bot'];

const besideTheRooms = (layer) => `^src/${layer}/[^/]+$`;
const anyRoomOf = (layer) => `^src/${layer}/(${Object.keys(rooms[layer]).join('|')})/`;

const roomRules = Object.entries(rooms).flatMap(([layer, table]) =>
  Object.entries(table).map(([room, others]) => ({
    name: `${layer}/${room}`,
    severity: 'error',
    from: { path: `^src/${layer}/${room}/` },
    to: {
      path: `^src/${layer}/`,
      pathNot: [
        ...[room, ...others].map((each) => `^src/${layer}/${each}/`),
        ...(groundFloors.includes(layer) ? [besideTheRooms(layer)] : []),
        ...(layer === 'cards' ? ['^src/cards/templates/'] : []),
      ],
    },
  })),
);

const groundFloorRules = groundFloors.map((layer) => ({
  name: `${layer}-ground-floor-imports-no-room`,
  severity: 'error',
  from: { path: besideTheRooms(layer) },
  to: { path: anyRoomOf(layer) },
}));

/** A file outside every room would escape the table above. */
const everyFileHasARoom = [...groundFloors, ...roofs].map((layer) => ({
  name: `${layer}-has-no-other-rooms`,
  severity: 'error',
  from: {},
  to: {
    path: `^src/${layer}/[^/]+/.*\\.ts$`,
    pathNot: [anyRoomOf(layer), '^src/bot/(commands|actions)/'],
  },
}));

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...layers,
    ...roomRules,
    ...groundFloorRules,
    ...everyFileHasARoom,
    {
      name: 'adapters-meet-in-start-only',
      severity: 'error',
      from: { path: '^src/[^/]+$' },
      to: { path: '^src/[^/]+/', pathNot: '^src/(core|workflow|start|settings)/' },
    },
    {
      name: 'nothing-is-decided-or-written-by-the-mirror',
      severity: 'error',
      from: { path: '^src/workflow/(ask|decide|plan|record|rights|write)/' },
      to: { path: '^src/[^/]+/mirror/' },
    },
    {
      name: 'only-app-starts',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app\\.ts$|start/)' },
      to: { path: '^src/start/' },
    },
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
