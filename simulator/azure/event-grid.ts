import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTVerifyGetKey } from 'jose';
import { tenantId as contoso } from '../tenant/contoso/people.ts';

/** The claims of an Entra token; those of Event Grid by default. */
type EventToken = {
  readonly issuer?: string;
  readonly audience?: string;
  readonly roles?: readonly string[];
  readonly expires?: string;
  readonly key?: CryptoKey;
};

/** Event Grid, and the Entra that signs its tokens. */
export type EventGrid = {
  /** The settings of the operator, and the keys that Entra would publish. */
  readonly door: {
    readonly config: { readonly audience: string; readonly tenantId: string; readonly topics: readonly string[] };
    readonly keys: JWTVerifyGetKey;
  };
  /** The one subscription whose events are accepted. */
  readonly topic: string;
  readonly token: (changes?: EventToken) => Promise<string>;
  /** An event that an exemption was written. */
  readonly written: (name: string, topic?: string) => Record<string, unknown>;
  /** The first message, which checks whether the endpoint accepts events. */
  readonly handshake: (topic: string) => Record<string, unknown>;
};

const audience = 'api://exemption-desk-events';
const role = 'AzureEventGridSecureWebhookSubscriber';

/** `topic` is a subscription: /subscriptions/… */
export const createEventGrid = async (topic: string, tenantId = contoso): Promise<EventGrid> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'entra', alg: 'RS256' }] });
  const event = (of: string, subject: string, eventType: string, data: object) => ({
    id: crypto.randomUUID(),
    topic: of,
    subject,
    eventType,
    eventTime: new Date().toISOString(),
    data,
    dataVersion: '2',
  });
  return {
    door: { config: { audience, tenantId, topics: [topic] }, keys },
    topic,
    token: (changes = {}) =>
      new SignJWT({ roles: changes.roles ?? [role] })
        .setProtectedHeader({ alg: 'RS256', kid: 'entra' })
        .setIssuer(changes.issuer ?? `https://login.microsoftonline.com/${tenantId}/v2.0`)
        .setAudience(changes.audience ?? audience)
        .setExpirationTime(changes.expires ?? '1h')
        .sign(changes.key ?? privateKey),
    written: (name, of = topic) =>
      event(
        of,
        `${of}/providers/Microsoft.Authorization/policyExemptions/${name}`,
        'Microsoft.Resources.ResourceWriteSuccess',
        { operationName: 'Microsoft.Authorization/policyExemptions/write' },
      ),
    handshake: (of) =>
      event(of, '', 'Microsoft.EventGrid.SubscriptionValidationEvent', {
        validationCode: '512d38b6',
        validationUrl: 'http://127.0.0.1:1/never-called',
      }),
  };
};
