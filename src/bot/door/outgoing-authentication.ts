import { ConnectorFactory, type ConnectorClient } from 'botframework-connector';
import { GuardedAuthentication } from './guarded-authentication.ts';

const longestCallMs = 15_000;

type Request = { abortSignal?: AbortSignal };
type Policy = { name: string; sendRequest: (request: Request, next: (request: Request) => unknown) => unknown };
type Pipeline = { removePolicy: (which: { name: string }) => readonly unknown[]; addPolicy: (policy: Policy) => void };

/** The SDK has no option for it, so its internal pipeline is changed; a release that keeps it elsewhere must not go unnoticed. */
const pipelineOf = (client: ConnectorClient): Pipeline => {
  const { pipeline } = (client as unknown as { client?: { pipeline?: Pipeline } }).client ?? {};
  if (pipeline === undefined) throw new Error('The connector client keeps its pipeline somewhere else.');
  return pipeline;
};

class OnceFactory extends ConnectorFactory {
  readonly #inner: ConnectorFactory;

  constructor(inner: ConnectorFactory) {
    super();
    this.#inner = inner;
  }

  override async create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
    const client = await this.#inner.create(serviceUrl, audience);
    const pipeline = pipelineOf(client);
    if (pipeline.removePolicy({ name: 'defaultRetryPolicy' }).length !== 1)
      throw new Error('The connector client tries again in a way of its own.');
    pipeline.addPolicy({
      name: 'gives-up',
      sendRequest: (request, next) => {
        request.abortSignal = AbortSignal.timeout(longestCallMs);
        return next(request);
      },
    });
    return client;
  }
}

/**
 * For messages that the bot posts on its own: each call is made once and given up after 15 s. The SDK would repeat a post whose outcome is
 * unknown, which nobody could count, and would sleep as long as Teams asks; here the queue does both.
 */
export class OutgoingAuthentication extends GuardedAuthentication {
  override createConnectorFactory(
    ...given: Parameters<GuardedAuthentication['createConnectorFactory']>
  ): ConnectorFactory {
    return new OnceFactory(super.createConnectorFactory(...given));
  }
}
