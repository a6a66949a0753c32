import { access, readFile } from 'node:fs/promises';
import { createPipelineRequest, type HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { Alert } from '../../src/core/alert/alert.ts';
import type { Notifier } from '../../src/core/chat/notifier.ts';
import type { Store } from '../../src/core/desk/store.ts';
import { look, well, wrong, type Finding } from './finding.ts';

const keysUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
const timeLimitInMs = 10_000;

/** Checks whether the bot can sign in to Teams. */
export const checkBotSignIn = async (credential: TokenCredential): Promise<readonly Finding[]> => {
  const token = await credential.getToken('https://api.botframework.com/.default');
  if (token === null) throw new Error('Entra issued no token for the bot.');
  return [well('Sign-in to Teams', 'token received')];
};

/** Checks whether the keys can be fetched with which Teams proves its identity. */
export const checkTeamsKeys = async (httpClient: HttpClient): Promise<readonly Finding[]> => {
  const request = createPipelineRequest({ url: keysUrl, abortSignal: AbortSignal.timeout(timeLimitInMs) });
  const { status } = await httpClient.sendRequest(request);
  return [
    status === 200
      ? well('Keys of Teams', 'can be fetched')
      : wrong('Keys of Teams', `${keysUrl} answers ${status}`, 'Allow this machine to call login.botframework.com.'),
  ];
};

const inRepository = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** Checks the sources of the Teams package, and whether it was built. */
export const checkPackage = async (): Promise<readonly Finding[]> => {
  const about = 'Teams package';
  const manifest = JSON.parse(await readFile(inRepository('appPackage/manifest.json'), 'utf8')) as {
    readonly version: string;
    readonly developer: Readonly<Record<string, string>>;
  };
  const samples = Object.values(manifest.developer).filter((each) => each.includes('example.com'));
  const isMade = await access(inRepository('appPackage/build/exemption-desk.zip')).then(
    () => true,
    () => false,
  );
  return [
    samples.length === 0
      ? well(about, `version ${manifest.version}`)
      : look(
          about,
          'the manifest still names example.com',
          'Put your own addresses into developer of appPackage/manifest.json.',
        ),
    ...(isMade ? [] : [look(about, 'not built here', 'Run: npm run package')]),
  ];
};

const sample: Alert = {
  step: 'baseline',
  title: 'This is a sample: Exemption Desk can post here',
  severity: undefined,
  facts: [{ label: 'Sent by', text: 'npm run doctor -- --channel' }],
  words: '',
  rows: [],
  reference: undefined,
  exemptionId: undefined,
};

/** Posts a sample card into a channel, given by its name or id. */
export const checkChannel = async (
  conversations: Store['conversations'],
  notifier: Notifier,
  words: string,
): Promise<readonly Finding[]> => {
  const about = `Channel ${words}`;
  const place = await conversations.channelCalled(words);
  if (place === undefined)
    return [
      wrong(
        about,
        'nobody has spoken to Exemption Desk there yet',
        'Say something to it there, for example: @Exemption Desk help',
      ),
    ];
  await notifier.post(place, { kind: 'alert', alert: sample, mentions: [] });
  return [well(about, 'a sample card was posted there')];
};
