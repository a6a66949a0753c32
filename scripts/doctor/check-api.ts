import type { TokenCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import type { Config } from '../../src/config.ts';
import { unknown, well, wrong, type Finding } from './finding.ts';

const about = 'API';

/**
 * Checks the registration of the API by the token that Entra gives the identity of Exemption Desk for it: every application of the tenant gets one,
 * without any role. Nothing is sent to the API.
 */
export const checkApi = async (
  credential: TokenCredential,
  { api, bot }: Pick<Config, 'api' | 'bot'>,
): Promise<readonly Finding[]> => {
  if (api === undefined) return [well(about, 'off')];
  const answer = await credential.getToken(`${api.audience}/.default`);
  if (answer === null)
    return [unknown(about, 'Entra gave no token for it', 'Is API_AUDIENCE the id of a registration in this tenant?')];
  const { ver, aud, iss } = decodeJwt(answer.token);
  if (ver !== '2.0' || aud !== api.audience)
    return [
      wrong(
        about,
        `Entra issues tokens of version ${String(ver)} for it, which are refused`,
        'Set requestedAccessTokenVersion to 2 in the manifest of the registration (docs/api.md).',
      ),
    ];
  if (iss !== `https://login.microsoftonline.com/${bot.tenantId}/v2.0`)
    return [
      wrong(
        about,
        `its tokens are issued by ${String(iss)}`,
        'Register the API in the tenant of MICROSOFT_APP_TENANT_ID.',
      ),
    ];
  const clients =
    api.clients === undefined
      ? 'every application with a role or scope may call'
      : `${api.clients.length} applications may call`;
  return [well(about, `on, ${clients}`)];
};
