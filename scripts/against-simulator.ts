import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { tokenOf } from '../simulator/azure/arm/token.ts';
import { redirectingHttpClient } from '../simulator/azure/redirecting-http-client.ts';
import { botPrincipal } from '../simulator/tenant/person.ts';

type StandIn = { readonly httpClient: HttpClient; readonly credential: TokenCredential };

/** Instead of Azure: the simulated one at a loopback address, as the bot of Contoso. Throws TypeError for any other address. */
export const againstSimulator = (address: string): StandIn => {
  const url = URL.parse(address);
  if (url?.protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new TypeError(
      '--simulator needs the address that npm run simulator:azure prints, such as http://127.0.0.1:3980',
    );
  return {
    httpClient: redirectingHttpClient({
      'https://management.azure.com': url.origin,
      'https://graph.microsoft.com': url.origin,
    }),
    credential: {
      getToken: async () => ({ token: tokenOf(botPrincipal), expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
    },
  };
};
