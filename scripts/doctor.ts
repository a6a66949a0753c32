import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { ClientSecretCredential, DefaultAzureCredential } from '@azure/identity';
import { DeskAdapter } from '../src/bot/front-door.ts';
import { isTeamsServiceUrl } from '../src/bot/door/guarded-authentication.ts';
import { createTeamsNotifier } from '../src/bot/teams-notifier.ts';
import { OutgoingAuthentication } from '../src/bot/door/outgoing-authentication.ts';
import { createPoster } from '../src/bot/poster.ts';
import type { Config } from '../src/config.ts';
import { againstSimulator } from './against-simulator.ts';
import { renderFindings } from './doctor/render-findings.ts';
import { runDoctor } from './doctor/run-doctor.ts';

const usage = `Usage: npm run doctor [-- --channel NAME] [--simulator http://127.0.0.1:3980]
  looks at everything that the bot needs, with the settings of the bot, and changes nothing;
  with --channel it posts a sample card into that channel;
  with --simulator it asks the simulated Azure (npm run simulator:azure) instead, which knows nothing of Teams.
Exit code: 0 nothing is wrong, 1 something is, 2 not understood.`;

const credentials = ({ bot }: Config) => {
  const azure = new DefaultAzureCredential({ managedIdentityClientId: bot.appId });
  const { tenantId, appId, password } = bot;
  return { azure, bot: password === undefined ? azure : new ClientSecretCredential(tenantId, appId, password) };
};

type Words = { readonly channel?: string | undefined; readonly simulator?: string | undefined };

const wordsGiven = (): Words => {
  try {
    const { values } = parseArgs({ options: { channel: { type: 'string' }, simulator: { type: 'string' } } });
    if (values.simulator !== undefined) againstSimulator(values.simulator);
    return values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
};

const examine = async ({ channel, simulator }: Words): Promise<void> => {
  const standIn = simulator === undefined ? undefined : againstSimulator(simulator);
  const findings = await runDoctor({
    environment: process.env,
    credentials: standIn === undefined ? credentials : () => ({ azure: standIn.credential, bot: standIn.credential }),
    httpClient: standIn?.httpClient ?? createDefaultHttpClient(),
    notifier: ({ bot }, pace) =>
      createTeamsNotifier(
        createPoster({
          adapter: new DeskAdapter(new OutgoingAuthentication(bot, () => new Date())),
          appId: bot.appId,
          serviceUrlAllowed: isTeamsServiceUrl,
          pace,
          now: () => new Date(),
          pause,
          random: Math.random,
        }),
      ),
    channel,
    now: () => new Date(),
  });
  console.log(renderFindings(findings));
  process.exitCode = findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0;
};

await examine(wordsGiven());
