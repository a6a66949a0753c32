import type { AlertKind, Occurrence } from './occurrence.ts';

/** Kinds that are claimed under the key of the unit and their own name. */
const ownKeys: readonly AlertKind[] = ['changed', 'orphaned', 'gap', 'no-longer-needed', 'not-effective'];

/** How a later request, an adoption or an approval after an emergency is claimed. */
export const continuedKey = (unitKey: string): string => `${unitKey}|continued`;

/** Every key under which alerts about a unit can have been claimed; `ends` are its keys with an expiry. */
export const keysOfUnit = (unitKey: string, ends: readonly string[]): string[] => [
  ...new Set([unitKey, ...ownKeys.map((kind) => `${unitKey}|${kind}`), continuedKey(unitKey), ...ends]),
];

/** For each conversation, the keys of what it was told. */
export type Heard = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether a conversation was told something that this event ends. */
export const isHearer = (heard: Heard, conversationId: string, { ending }: Pick<Occurrence, 'ending'>): boolean =>
  ending?.of.some((key) => heard.get(conversationId)?.has(key) === true) === true;
