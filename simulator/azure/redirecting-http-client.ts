import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';

const servedOrigins = ['https://management.azure.com', 'https://graph.microsoft.com'];

/**
 * An HTTP client for Azure's packages that brings what is meant for Azure and Microsoft Graph to the simulator at `url`.
 * Any other host is refused: nothing may leave the machine.
 */
export const createRedirectingHttpClient = (url: string): HttpClient => {
  const inner = createDefaultHttpClient();
  const { origin } = new URL(url);
  return {
    async sendRequest(request) {
      const target = new URL(request.url);
      if (!servedOrigins.includes(target.origin))
        throw new Error(`The simulator does not stand in for ${target.origin}`);
      // A proxy of the environment must not see it either.
      const { agent: _agent, ...rest } = request;
      const redirected = { ...rest, url: origin + target.pathname + target.search, allowInsecureConnection: true };
      const response = await inner.sendRequest(redirected);
      // arm-policy reads the answer only where it finds its own request in it.
      return { ...response, request };
    },
  };
};
