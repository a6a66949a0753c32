import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { fill, literal } from '../../src/azure/client/query-text.ts';
import { createResourceGraph } from '../../src/azure/client/resource-graph.ts';
import type { Config } from '../../src/config.ts';
import { unknown, well, wrong, type Finding } from './finding.ts';

const about = 'Bot registration';

const query = `resources
| where type == 'microsoft.botservice/botservices' and tostring(properties.msaAppId) =~ {appId}
| project
    id,
    endpoint = tostring(properties.endpoint),
    appType = tostring(properties.msaAppType),
    channels = properties.enabledChannels
| order by id asc`;

const azureBot = z.object({
  id: z.string(),
  endpoint: z.string(),
  appType: z.string(),
  channels: z.array(z.string()).nullable(),
});
type AzureBot = z.infer<typeof azureBot>;

const whoCanLook =
  'Somebody who may read the Azure Bot can check: az bot show --resource-group GROUP --name BOT --query "properties.[endpoint, msaAppType, enabledChannels]". Or give this identity Reader on it, and run this again.';

const isOurs = (endpoint: string): boolean => {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, pathname } = new URL(endpoint);
  return protocol === 'https:' && pathname === '/api/messages';
};

const faultsOf = ({ id, endpoint, appType, channels }: AzureBot, expected: Config['bot']['appType']): Finding[] => [
  ...(isOurs(endpoint)
    ? []
    : [
        wrong(
          about,
          `the endpoint is ${endpoint === '' ? 'empty' : endpoint}`,
          `Set it to https://HOST-OF-THE-APP/api/messages at ${id}.`,
        ),
      ]),
  ...(appType === expected
    ? []
    : [
        wrong(
          about,
          `its type is ${appType === '' ? 'not set' : appType}, and MICROSOFT_APP_TYPE is ${expected}`,
          `Both must be the same: check MICROSOFT_APP_TYPE and the configuration of ${id}.`,
        ),
      ]),
  ...(channels === null
    ? [unknown(about, 'Azure does not say which channels are on', whoCanLook)]
    : channels.includes('msteams')
      ? []
      : [
          wrong(
            about,
            `Teams is not among its channels: ${channels.length === 0 ? 'it has none' : channels.join(', ')}`,
            `Add the channel at ${id}: az bot msteams create --resource-group GROUP --name BOT`,
          ),
        ]),
];

/** Checks whether Teams knows the endpoint of the bot. A token does not prove it: a managed identity gets one without any Azure Bot. */
export const checkRegistration = async (
  credential: TokenCredential,
  httpClient: HttpClient,
  { appId, appType }: Config['bot'],
): Promise<readonly Finding[]> => {
  const userAgentOptions = { userAgentPrefix: 'exemption-desk' };
  const client = new ResourceGraphClient(credential, { httpClient, userAgentOptions });
  const ask = createResourceGraph(client, (ms) => setTimeout(ms));
  const bots = await ask(azureBot, { query: fill(query, { appId: literal(appId) }) });
  // Resource Graph shows only what may be read, so an empty answer may mean none or no permission.
  if (bots.length === 0)
    return [unknown(about, `Azure shows this identity no Azure Bot with the id ${appId}`, whoCanLook)];
  const faults = bots.flatMap((bot) => faultsOf(bot, appType));
  return faults.length > 0 ? faults : bots.map(({ endpoint }) => well(about, `${endpoint}, ${appType}, Teams is on`));
};
