import { readFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { firstThings, firstThingsAtFabrikam, playgroundAddresses } from './first-things.ts';
import { playgroundPorts, PortProblem, portsOf, refuseTakenPorts } from './ports.ts';

const { values } = parseArgs({
  options: {
    keep: { type: 'string' },
    playground: { type: 'boolean', default: false },
    tenant: { type: 'string', default: 'contoso' },
    subscriptions: { type: 'string', default: '300' },
  },
});
const subscriptions = Number(values.subscriptions);
if (
  (values.tenant !== 'contoso' && values.tenant !== 'fabrikam') ||
  !Number.isInteger(subscriptions) ||
  subscriptions < 12
) {
  console.error('--tenant is contoso or fabrikam, and --subscriptions a whole number from 12 up.');
  process.exit(1);
}
const { tenant } = values;
const company = tenant === 'contoso' ? 'Contoso' : `Fabrikam, with ${subscriptions} subscriptions`;
const tell = (what: string): void => console.log(`${what} …`);

const freePorts = async () => {
  try {
    const ports = portsOf(process.env);
    const ofPlaygrounds = values.playground ? portsOf(process.env, playgroundPorts) : undefined;
    await refuseTakenPorts({ ...ports, ...ofPlaygrounds });
    return { ...ports, ofPlaygrounds };
  } catch (error) {
    if (!(error instanceof PortProblem)) throw error;
    console.error(error.message);
    process.exit(1);
  }
};
const { CHAT_PORT: chatPort, BOT_PORT: botPort, AZURE_PORT: azurePort, ofPlaygrounds } = await freePorts();

tell(`Loading Exemption Desk and a simulated company, ${company}`);
// Lets a second start reuse the compiled modules; applies only to modules loaded after this.
enableCompileCache();
const [{ startWorld }, { tellDemoStory, tellFabrikamStory }] = await Promise.all([
  import('./start.ts'),
  import('./demo-story.ts'),
]);

const governance = await readFile(new URL('demo-governance.yaml', import.meta.url), 'utf8');
const { keep } = values;
const of = tenant === 'contoso' ? {} : ({ tenant, subscriptions } as const);
const world = await startWorld({
  ...of,
  governance,
  chatPort,
  botPort,
  azurePort,
  keep,
  everyMinute: true,
  targetedMessages: true,
  tell,
});
const none = { everything: false, subscriptions: [], narrower: [], exact: [] };
const all = { scopes: { shown: { ...none, everything: true }, hidden: none }, own: undefined };
if (tenant === 'contoso' && (await world.app().desk.database.requests.count({ inSight: all }, 1)) === 0) {
  tell('Letting people of Contoso send and decide three requests');
  await tellDemoStory(world);
}
if (tenant === 'fabrikam' && (await world.app().desk.database.subscriptions.count()).channels === 0) {
  tell('Reading its exemptions for the first time (slower the more there are)');
  await tellFabrikamStory(world);
}
const joinPlaygrounds = async (ports: NonNullable<typeof ofPlaygrounds>) => {
  tell('Starting Microsoft’s Agents Playground, once for Alice and once for Bob');
  const { startPlaygrounds } = await import('./playground/start-playgrounds.ts');
  return startPlaygrounds(
    world.teams.backstage,
    [
      { personKey: 'alice', channelName: '#security-alerts', port: ports.ALICE_PORT },
      { personKey: 'bob', channelName: '#approvals', port: ports.BOB_PORT },
    ],
    { complain: (problem) => console.error(problem), environment: process.env },
  );
};
const playgrounds = ofPlaygrounds === undefined ? undefined : await joinPlaygrounds(ofPlaygrounds);
console.log(
  `\nExemption Desk demo ready at ${world.teams.url}\n\n${tenant === 'contoso' ? firstThings(world.teams.url) : firstThingsAtFabrikam(world.teams.url)}\n`,
);
if (playgrounds !== undefined) console.log(`${playgroundAddresses(playgrounds.urls)}\n`);
console.log(
  keep === undefined
    ? 'Stop it with Ctrl+C. Nothing is kept, unless you start it with: npm run demo -- --keep DIR'
    : `Stop it with Ctrl+C. Everything is kept in ${keep}; start it again with the same CHAT_PORT to go on.`,
);

const close = async (): Promise<void> => {
  await playgrounds?.close();
  await world.close();
  process.exit(0);
};
const stop = () => void close();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
