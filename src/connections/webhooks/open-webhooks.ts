import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  ConnectionMistake,
  type Connection,
  type ConnectionKind,
  type Delivery,
} from '../../core/connection/connection.ts';
import { isAtOrUnder, scopeKind } from '../../core/tenant/arm-id.ts';
import { cloudEventOf, testEvent } from './cloud-event.ts';
import { isRange } from './public-address.ts';
import { postSigned, type Outside, type Receiver } from './post-signed.ts';
import { reachReceiver } from './reach-receiver.ts';
import { privateReceiversIn, whyNotThere } from './receiver-address.ts';
import { secretBytes } from './sign.ts';

const patienceDays = 5;

const receiverName = /^[a-z0-9][a-z0-9-]{0,39}$/;
const hostName = /^(?!.*\.\.)[a-z0-9.-]{1,253}$/i;

const schema = z.record(
  z.string().regex(receiverName),
  z.strictObject({
    url: z.url(),
    secrets: z
      .array(z.string().regex(/^CONNECTION_[A-Z0-9_]+$/))
      .min(1)
      .max(3),
    events: z
      .array(z.string().regex(/^[a-z*-]{1,60}$/))
      .min(1)
      .default(['*']),
    scopes: z
      .array(z.string().regex(/^\/subscriptions\/[0-9a-f-]{36}(\/.*)?$/i))
      .min(1)
      .optional(),
    order: z.enum(['by-request', 'as-in-ledger']).default('by-request'),
    withWords: z.boolean().default(false),
    privateReceivers: z
      .array(z.string().refine((text) => isRange(text) || (hostName.test(text) && !text.includes('/'))))
      .default([]),
  }),
);

type Written = z.infer<typeof schema>[string];

const remedies: Readonly<Record<string, string>> = {
  url: 'an https address',
  secrets: 'one to three names of settings that begin with CONNECTION_, the newest first',
  events: 'names of events, where * stands for any letters',
  scopes: 'ids of subscriptions or of what is in them: /subscriptions/…',
  order: 'by-request or as-in-ledger',
  withWords: 'true or false',
  privateReceivers: 'ranges such as 10.1.0.0/16, or names of hosts',
};

const mistakesIn = (error: z.ZodError): string[] =>
  error.issues.map(({ path, code }) => {
    const [receiver = '', field] = path.map(String);
    if (field === undefined)
      return code === 'unrecognized_keys'
        ? `${receiver} has a field that is not known; known: ${Object.keys(remedies).join(', ')}`
        : `${receiver || 'it'} has to be a name of small letters, digits and hyphens with its fields`;
    return `${receiver}: ${field} is missing or not valid: ${remedies[field] ?? 'see docs/connect/webhooks.md'}`;
  });

/** An exemption for a management group may concern every subscription. */
const concerns = ({ scopes }: Delivery, wanted: readonly string[] | undefined): boolean =>
  wanted === undefined ||
  scopes.some(
    (scope) =>
      scopeKind(scope) === 'management-group' ||
      wanted.some((each) => isAtOrUnder(scope, each) || isAtOrUnder(each, scope)),
  );

const receiverOf = (
  name: string,
  { url: written, secrets, privateReceivers: allowed }: Written,
  secretOf: (name: string) => string | undefined,
): { readonly receiver: Receiver; readonly mistakes: readonly string[] } => {
  const url = new URL(written);
  const privateReceivers = privateReceiversIn(allowed);
  const why = whyNotThere(url, privateReceivers);
  const bytes = secrets.map((each) => secretBytes(secretOf(each) ?? ''));
  return {
    receiver: { url, privateReceivers, secrets: bytes.filter((each) => each !== undefined) },
    mistakes: [
      ...(why === undefined ? [] : [`${name}: ${why}`]),
      ...secrets
        .filter((_, index) => bytes[index] === undefined)
        .map((each) => `${name}: ${each} is not set to a secret: whsec_ and 24 to 64 bytes as base64`),
    ],
  };
};

export type WebhookMeans = Outside & { readonly source: string };

const connectionTo = (name: string, written: Written, receiver: Receiver, means: WebhookMeans): Connection => {
  const { source } = means;
  return {
    name: `webhooks/${name}`,
    events: written.events,
    order: written.order,
    atOnce: 1,
    patienceDays,
    mostUnknowns: undefined,
    deliver: async ([delivery]) => {
      const { record, scopes } = delivery;
      if (record === undefined || !concerns(delivery, written.scopes)) return { kind: 'unwanted' };
      return postSigned(receiver, cloudEventOf(record, scopes, { source, withWords: written.withWords }), means);
    },
    check: async () => {
      await reachReceiver(receiver, means);
      const seen = `${receiver.url.hostname} can be reached`;
      return receiver.secrets.length < 2
        ? { seen }
        : {
            seen: `${seen}; signed with ${receiver.secrets.length} secrets`,
            remedy: 'Take the old one out of secrets once the receiver has the new one.',
          };
    },
    sendTest: () => postSigned(receiver, testEvent(randomUUID(), means.machineTime(), source), means),
  };
};

/** Events as signed webhooks; docs/connect/webhooks.md. */
export const webhooks = (means: WebhookMeans): ConnectionKind => ({
  section: 'webhooks',
  open: (written, secretOf) => {
    const parsed = schema.safeParse(written);
    if (!parsed.success) throw new ConnectionMistake(mistakesIn(parsed.error));
    const all = Object.entries(parsed.data).map(([name, each]) => ({
      name,
      each,
      ...receiverOf(name, each, secretOf),
    }));
    const mistakes = all.flatMap((each) => each.mistakes);
    if (mistakes.length > 0) throw new ConnectionMistake(mistakes);
    return all.map(({ name, each, receiver }) => connectionTo(name, each, receiver, means));
  },
});
