import { mutated, type Pick } from './mutate-json.ts';

export type FuzzRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
};

const json = { 'content-type': 'application/json' };

/** Changes a text so that it is usually no longer JSON. */
const spoilt = (text: string, dice: () => number, pick: Pick): string | Buffer => {
  const at = Math.floor(dice() * text.length);
  const bytes = Buffer.from(text);
  const ways: readonly (() => string | Buffer)[] = [
    () => text.slice(0, at),
    () => text.slice(at),
    () => text + text,
    () => text.slice(0, at) + pick(['"', '{', '}', '[', ',', '\\', '\u0000', '\u2028', '/*', 'NaN']) + text.slice(at),
    () => `${text.slice(0, at)}${' '.repeat(300 * 1024)}${text.slice(at)}`,
    () => `{"__proto__":{"type":"message"},${text.slice(1)}`,
    () => `{"type":"message","type":${text.slice(at)}`,
    () => `[${text}]`,
    () => '['.repeat(50_000),
    () => JSON.stringify(text),
    () => `\ufeff${text}`,
    () => Buffer.from(bytes.map((byte, index) => (index === at ? 255 - byte : byte))),
    () => Buffer.from(text, 'utf16le'),
  ];
  return pick(ways)();
};

/** Invalid tokens. */
const wrongTokens = [
  '',
  'Bearer',
  'Bearer null',
  'Bearer a.b.c',
  'Basic Ym90OmJvdA==',
  'bearer  x',
  'Bearer undefined',
];

const otherRequest = (body: string, token: string, pick: Pick): FuzzRequest => {
  const usual = { method: 'POST', path: '/api/messages', headers: { ...json, authorization: token }, body };
  const ways: readonly (() => FuzzRequest)[] = [
    () => ({ ...usual, headers: { ...json, authorization: pick(wrongTokens) } }),
    () => ({ ...usual, headers: { ...json, authorization: `${token.slice(0, -8)}AAAAAAAA` } }),
    () => ({ ...usual, headers: json }),
    () => ({
      ...usual,
      headers: { 'content-type': pick(['text/plain', 'multipart/form-data', 'x', 'application/xml']) },
    }),
    () => ({ ...usual, headers: { ...usual.headers, 'content-encoding': pick(['gzip', 'br', 'deflate', 'x']) } }),
    () => ({ ...usual, headers: { ...usual.headers, 'x-many': 'x'.repeat(20_000) } }),
    () => ({ ...usual, method: pick(['PUT', 'PATCH', 'DELETE', 'OPTIONS']) }),
    () => ({ ...usual, method: 'GET', body: undefined }),
    () => ({
      ...usual,
      path: pick(['/', '/api', '/api/messages/x', '/api/azure-events', '/%00', '/%zz', '/api/messages?x=%']),
    }),
  ];
  return pick(ways)();
};

/** The credentials for the two endpoints. */
export type Tokens = { readonly teams: string; readonly eventGrid: string };

/** Generates requests, each a real activity with something wrong, some of them events for the endpoint of Event Grid; the same for the same dice. */
export const createFuzzRequests = (activities: readonly object[], events: readonly object[], dice: () => number) => {
  const pick: Pick = (items) => {
    const item = items[Math.floor(dice() * items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  };
  let ids = 0;
  const wrong = (given: object, others: readonly object[]): string => {
    let value = given;
    for (let wrongs = 1 + Math.floor(dice() * 3); wrongs > 0; wrongs -= 1) value = mutated(value, others, pick);
    return JSON.stringify(value);
  };
  return ({ teams: token, eventGrid }: Tokens): FuzzRequest => {
    if (dice() < 0.05) {
      const body = wrong([pick(events), pick(events)], events);
      const headers = { ...json, authorization: eventGrid };
      return {
        method: 'POST',
        path: '/api/azure-events',
        headers,
        body: dice() < 0.2 ? spoilt(body, dice, pick) : body,
      };
    }
    // Most have a new id, because the bot would skip known ones.
    const activity: object = { ...pick(activities), ...(dice() < 0.9 ? { id: `fuzz-${(ids += 1)}` } : {}) };
    const body = wrong(activity, activities);
    const kind = dice();
    if (kind < 0.1) return otherRequest(body, token, pick);
    const headers = { ...json, authorization: token };
    return { method: 'POST', path: '/api/messages', headers, body: kind < 0.25 ? spoilt(body, dice, pick) : body };
  };
};
