import { ConfigurationBotFrameworkAuthentication, type Activity } from 'botbuilder';
import {
  AuthenticationConstants,
  AuthenticationError,
  ClaimsIdentity,
  type AuthenticateRequestResult,
} from 'botframework-connector';
import { createChannelKeys, type ChannelKeys } from './channel-keys.ts';
import { channelIssuer, refusalOfToken } from './channel-token.ts';
import { FixedTokenCredentials, type StandInChannel } from './stand-in-channel.ts';

export type BotIdentity = {
  readonly appId: string;
  readonly appType: 'UserAssignedMSI' | 'SingleTenant';
  readonly tenantId: string;
  readonly password: string | undefined;
};

const unauthorised = (reason: string) => new AuthenticationError(reason, 401);

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

const channelMetadataUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/**
 * Authenticates activities in place of the SDK, which accepts what Teams never sends (tokens without an expiry, of an emulator, of other
 * bots, by keys without endorsement) and prints what it refuses. The service URL must be present and on an allowed host.
 */
export class GuardedAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #appId: string;
  readonly #keys: ChannelKeys;
  readonly #serviceUrlAllowed: (url: string) => boolean;

  /** `now` is the time of the machine, which tokens and keys use. */
  constructor(bot: BotIdentity, now: () => Date, standIn?: StandInChannel) {
    super(
      settingsOf(bot, standIn),
      standIn === undefined ? undefined : new FixedTokenCredentials(bot.appId, standIn.botToken),
    );
    this.#appId = bot.appId;
    this.#keys = createChannelKeys(standIn?.openIdMetadataUrl ?? channelMetadataUrl, now);
    this.#serviceUrlAllowed = standIn?.serviceUrlAllowed ?? isTeamsServiceUrl;
  }

  /** Throws AuthenticationError with the reason, which is only for the log, or KeysUnavailable. */
  override async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    const { channelId, serviceUrl } = activity;
    if (channelId !== 'msteams') throw unauthorised('the activity is not from Teams');
    if (serviceUrl === '' || !this.#serviceUrlAllowed(serviceUrl))
      throw unauthorised('the service URL does not belong to Teams');
    const refusal = await refusalOfToken(authHeader, { keys: this.#keys, appId: this.#appId, channelId, serviceUrl });
    if (refusal !== undefined) throw unauthorised(refusal);
    return this.proofFor(serviceUrl);
  }

  /** The identity and address for answering an activity that was accepted earlier. */
  proofFor(serviceUrl: string): AuthenticateRequestResult {
    const claimsIdentity = new ClaimsIdentity(
      [
        { type: AuthenticationConstants.AudienceClaim, value: this.#appId },
        { type: AuthenticationConstants.ServiceUrlClaim, value: serviceUrl },
      ],
      true,
    );
    // The answers of the bot go to the same party.
    return {
      audience: channelIssuer,
      claimsIdentity,
      connectorFactory: this.createConnectorFactory(claimsIdentity),
    };
  }
}

const teamsHosts = [
  /^smba\.trafficmanager\.net$/,
  /^[a-z0-9.-]+\.teams\.microsoft\.com$/,
  /^smba\.infra\.[a-z0-9.-]+\.teams\.microsoft\.com$/,
  /^[a-z0-9.-]+\.botframework\.com$/,
];

/** Hosts to which the bot may send its token: those of Teams, over HTTPS. */
export const isTeamsServiceUrl = (serviceUrl: string): boolean => {
  const url = URL.parse(serviceUrl);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false;
  return teamsHosts.some((host) => host.test(url.hostname));
};
