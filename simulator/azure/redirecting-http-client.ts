import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';

/**
 * An HTTP client for Azure's packages that redirects one origin (https://management.azure.com) to its stand-in. Any other origin is
 * refused: nothing may leave the machine.
 */
export const redirectingHttpClient = (standIns: Readonly<Record<string, string>>): HttpClient => {
  const inner = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const target = new URL(request.url);
      const standIn = standIns[target.origin];
      if (standIn === undefined) throw new Error(`Nothing stands in for ${target.origin}`);
      // A proxy of the environment must not see it either.
      const { agent: _agent, ...rest } = request;
      const url = new URL(standIn).origin + target.pathname + target.search;
      const response = await inner.sendRequest({ ...rest, url, allowInsecureConnection: true });
      // arm-policy reads the answer only if it contains the original request.
      return { ...response, request };
    },
  };
};
