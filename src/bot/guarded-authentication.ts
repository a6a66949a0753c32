import { ConfigurationBotFrameworkAuthentication, type Activity } from 'botbuilder';
import { AuthenticationError, type AuthenticateRequestResult } from 'botframework-connector';
import { FixedTokenCredentials, type StandInChannel } from './stand-in-channel.ts';

export type BotIdentity = {
  readonly appId: string;
  readonly appType: 'UserAssignedMSI' | 'SingleTenant';
  readonly tenantId: string;
  readonly password: string | undefined;
};

const channelIssuer = 'https://api.botframework.com';
const unauthorised = () => new AuthenticationError('Unauthorized', 401);

const settingsOf = (bot: BotIdentity, standIn: StandInChannel | undefined) => ({
  MicrosoftAppId: bot.appId,
  MicrosoftAppType: bot.appType,
  MicrosoftAppTenantId: bot.tenantId,
  ...(bot.password === undefined ? {} : { MicrosoftAppPassword: bot.password }),
  ...(standIn === undefined
    ? {}
    : {
        ValidateAuthority: 'true',
        ToChannelFromBotLoginUrl: `${new URL(standIn.openIdMetadataUrl).origin}/login`,
        ToChannelFromBotOAuthScope: channelIssuer,
        ToBotFromChannelTokenIssuer: channelIssuer,
        OAuthUrl: `${new URL(standIn.openIdMetadataUrl).origin}/oauth`,
        ToBotFromChannelOpenIdMetadataUrl: standIn.openIdMetadataUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: standIn.openIdMetadataUrl,
        CallerId: '',
      }),
});

const payloadOf = (authHeader: string): Record<string, unknown> => {
  const [, payload] = authHeader.replace(/^Bearer /i, '').split('.');
  return JSON.parse(Buffer.from(payload ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
};

/**
 * The SDK's token validation with its gaps closed: every refusal is a plain 401 (the SDK answers some with 500 and their reason), a token must
 * end, only the channel itself may call (no emulator and no skill tokens), and the service URL must be present and on an allowed host.
 */
export class GuardedAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #serviceUrlAllowed: (url: string) => boolean;

  constructor(bot: BotIdentity, standIn?: StandInChannel) {
    super(
      settingsOf(bot, standIn),
      standIn === undefined ? undefined : new FixedTokenCredentials(bot.appId, standIn.botToken),
    );
    this.#serviceUrlAllowed = standIn?.serviceUrlAllowed ?? isTeamsServiceUrl;
  }

  override async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    try {
      const claims = payloadOf(authHeader);
      if (claims.iss !== channelIssuer || typeof claims.exp !== 'number') throw unauthorised();
      if (activity.channelId !== 'msteams' || !this.#serviceUrlAllowed(activity.serviceUrl)) throw unauthorised();
      return await super.authenticateRequest(activity, authHeader);
    } catch (error) {
      throw error instanceof AuthenticationError ? error : unauthorised();
    }
  }
}

const teamsHosts = [
  /^smba\.trafficmanager\.net$/,
  /^[a-z0-9.-]+\.teams\.microsoft\.com$/,
  /^smba\.infra\.[a-z0-9.-]+\.teams\.microsoft\.com$/,
  /^[a-z0-9.-]+\.botframework\.com$/,
];

/** Where the bot may send its token: Teams' own hosts over HTTPS. */
export const isTeamsServiceUrl = (serviceUrl: string): boolean => {
  const url = URL.parse(serviceUrl);
  return url?.protocol === 'https:' && url.port === '' && teamsHosts.some((host) => host.test(url.hostname));
};
