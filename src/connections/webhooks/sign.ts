import { createHmac } from 'node:crypto';

const prefix = 'whsec_';
const [shortest, longest] = [24, 64];

/** The bytes of a secret as Standard Webhooks writes it; undefined if it is none. */
export const secretBytes = (written: string): Buffer | undefined => {
  if (!written.startsWith(prefix)) return undefined;
  const text = written.slice(prefix.length);
  const bytes = Buffer.from(text, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isWhole && bytes.length >= shortest && bytes.length <= longest ? bytes : undefined;
};

export type Signed = { readonly id: string; readonly at: Date; readonly body: string };

/** The headers of Standard Webhooks 1.0.0. Several secrets give several signatures, so that one can follow another without a gap. */
export const signatureHeaders = (
  { id, at, body }: Signed,
  secrets: readonly Buffer[],
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> => {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const text = `${id}.${timestamp}.${body}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets
      .map((secret) => `v1,${createHmac('sha256', secret).update(text).digest('base64')}`)
      .join(' '),
  };
};
