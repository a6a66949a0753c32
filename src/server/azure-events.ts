import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { isAllowedTopic, type AzureEvent } from '../core/tenant/azure-event.ts';
import type { FrontDoor } from '../bot/front-door.ts';

type Door = NonNullable<Config['azureEvents']> & {
  readonly keys: JWTVerifyGetKey;
  readonly note: (events: readonly AzureEvent[]) => Promise<number>;
  /** Hears of each request that is not from Event Grid, with the reason. */
  readonly refused: (reason: string) => void;
  readonly log: {
    readonly info: (fields: object, message: string) => void;
    readonly warn: (fields: object, message: string) => void;
  };
};

/** Entra gives this role only to Event Grid, after the operator has assigned it. */
const role = 'AzureEventGridSecureWebhookSubscriber';
const validation = 'Microsoft.EventGrid.SubscriptionValidationEvent';

const events = z
  .array(
    z.object({
      eventType: z.string(),
      topic: z.string(),
      subject: z.string().default(''),
      data: z.looseObject({ validationCode: z.string().max(200).optional() }).default({}),
    }),
  )
  .min(1)
  .max(5_000);

/** The keys of a tenant at Entra, fetched when needed and cached. */
export const entraKeys = (tenantId: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(`https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`));

/** Why a request is not from the expected Event Grid; undefined if it is. */
const refusalOf = async (authorization: string, { audience, tenantId, keys }: Door): Promise<string | undefined> => {
  const [, token] = /^Bearer (\S+)$/.exec(authorization) ?? [];
  if (token === undefined) return 'no bearer token';
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: [`https://login.microsoftonline.com/${tenantId}/v2.0`, `https://sts.windows.net/${tenantId}/`],
      audience,
      algorithms: ['RS256'],
      requiredClaims: ['exp'],
    });
    return Array.isArray(payload.roles) && payload.roles.includes(role) ? undefined : `the role ${role} is missing`;
  } catch (error) {
    return error instanceof Error ? error.message : 'not verified';
  }
};

/**
 * Answers Event Grid: confirms the endpoint for allowed topics, and treats every event about an exemption as a reason to sweep. Ignores
 * unknown events; a request that is not from Event Grid gets a bare 401.
 */
export const createEventDoor =
  (door: Door): FrontDoor =>
  async (authorization, body) => {
    const refusal = await refusalOf(authorization, door);
    if (refusal !== undefined) {
      door.refused(refusal);
      return { status: 401 };
    }
    const parsed = events.safeParse(body);
    if (!parsed.success) return { status: 400 };
    const [first] = parsed.data;
    if (first?.eventType === validation) {
      const code = first.data.validationCode;
      if (code === undefined || !isAllowedTopic(first.topic, door.topics)) {
        door.log.warn(
          { topic: first.topic },
          'Refused the handshake of a topic that AZURE_EVENTS_TOPICS does not name',
        );
        return { status: 403 };
      }
      return { status: 200, body: { validationResponse: code } };
    }
    const counted = await door.note(parsed.data);
    door.log.info({ events: parsed.data.length, counted }, 'Event Grid reported changes');
    return { status: 200 };
  };
