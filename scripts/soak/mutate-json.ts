/** A place in a JSON value: its object or list, and the key. */
type Place = { readonly holder: Record<string, unknown>; readonly key: string };

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let each = 0; each < depth; each += 1) value = each % 2 === 0 ? { a: value } : [value];
  return value;
};

const words = ['constructor', '__proto__', 'toString', 'then', 'toJSON', 'hasOwnProperty', 'length', 'id', 'type'];

/** Wrong values for any type that a member may be expected to have. */
const odd: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1e308,
  () => '',
  () => ' ',
  () => '0',
  () => 'x'.repeat(5000),
  () => '\ud83d',
  () => '\u0000',
  () => '\u202eevil\u202c \u200b',
  () => '👩‍👩‍👧‍👦 ﷽ Ω̸̛͕',
  () => '${$root} {{x}} <at>Bot</at> [a](https://evil.example)',
  () => "'; drop table requests; --",
  () => '../../etc/passwd',
  () => '9999-12-31T23:59:59Z',
  () => [],
  () => ({}),
  () => [[]],
  () => nested(10),
  () => nested(100),
  () => Array.from({ length: 1000 }, () => ({ id: 'many', type: 'mention' })),
  () => Object.fromEntries(words.map((word) => [word, word])),
  () => ({ constructor: { prototype: { isAdmin: true } } }),
  () => Object.defineProperty({}, '__proto__', { value: { isAdmin: true }, enumerable: true }),
];

/** Names that Teams uses, in places where it does not. */
const names = [
  ...['message', 'invoke', 'event', 'typing', 'conversationUpdate', 'messageReaction', 'endOfConversation', 'command'],
  ...['personal', 'groupChat', 'channel', 'msteams', 'emulator', 'directline', 'expectReplies', 'stream'],
  ...['adaptiveCard/action', 'task/fetch', 'fileConsent/invoke', 'composeExtension/query', 'signin/verifyState'],
  ...['application/search', 'config/fetch', 'accept', 'decline', 'Action.Execute', 'mention', 'clientInfo'],
];

const placesIn = (value: unknown): Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
};

export type Pick = <Item>(items: readonly Item[]) => Item;

const put = ({ holder, key }: Place, value: unknown): void => {
  if (Array.isArray(holder) && !/^\d+$/.test(key)) return;
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};

const drop = ({ holder, key }: Place): void => {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
};

/** An object that was spoilt before may have no text of its own. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify([value]));

/** A copy with one thing wrong: a member dropped, of another type, in another place, from another activity, or one too many. */
export const mutated = (value: object, others: readonly object[], pick: Pick): object => {
  const copy = structuredClone(value);
  const places = placesIn(copy);
  if (places.length === 0) return copy;
  const place = pick(places);
  const ways: readonly (() => void)[] = [
    () => drop(place),
    () => drop(place),
    () => put(place, pick(odd)()),
    () => put(place, pick(odd)()),
    () => put(place, pick(odd)()),
    () => put(place, pick(names)),
    () => put(place, [place.holder[place.key]]),
    () => put(place, { value: place.holder[place.key] }),
    () => put(place, asText(place.holder[place.key]).repeat(20)),
    () => put({ holder: copy as Record<string, unknown>, key: pick(words) }, pick(odd)()),
    () => put({ holder: place.holder, key: pick(words) }, pick(odd)()),
    () => {
      const from = pick(placesIn(structuredClone(pick(others))));
      put(place, from.holder[from.key]);
    },
  ];
  pick(ways)();
  return copy;
};
