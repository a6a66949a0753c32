import { ServiceClientCredentialsFactory } from 'botframework-connector';

/** A simulated Teams: given by code (demo and tests), never by configuration. */
export type StandInChannel = {
  /** Publishes the keys that sign its activities. */
  readonly openIdMetadataUrl: string;
  /** The token that the bot presents to the connector. */
  readonly botToken: string;
  readonly serviceUrlAllowed: (url: string) => boolean;
  /** The allowed places for accepted files. */
  readonly uploadUrlAllowed: (url: string) => boolean;
};

type Credentials = Awaited<ReturnType<ServiceClientCredentialsFactory['createCredentials']>>;
type Request = Parameters<Credentials['signRequest']>[0];

/** Signs with one fixed token instead of one from Entra. Authentication stays on. */
export class FixedTokenCredentials extends ServiceClientCredentialsFactory {
  readonly #appId: string;
  readonly #token: string;

  constructor(appId: string, token: string) {
    super();
    this.#appId = appId;
    this.#token = token;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(): Promise<Credentials> {
    return {
      signRequest: async (request: Request) => {
        request.headers.set('authorization', `Bearer ${this.#token}`);
        return request;
      },
    };
  }
}
