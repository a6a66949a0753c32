import { chunksOf } from '../lists.ts';
import { alertKinds } from './alert-kinds.ts';
import { clock } from './filter-words.ts';
import type { AlertFilter, ChannelSubscription } from './subscription.ts';
import { whatWeAskedFor } from './what-we-asked-for.ts';

type Ended = Pick<ChannelSubscription, 'kind' | 'scope' | 'filter'>;

/** A line takes ten scopes, and a button carries 2,000 characters. */
const scopesInLine = 6;

const optionsOf = ({ kinds = [], severity, digest, quiet, timeZone }: AlertFilter): string[] => [
  ...new Set(kinds.map((kind) => alertKinds[kind].word)),
  ...(severity === undefined ? [] : [`severity:${severity}`]),
  ...(digest === undefined ? [] : [`digest ${digest}`]),
  ...(quiet === undefined ? [] : [`quiet ${clock(quiet.from)}-${clock(quiet.to)}`]),
  ...(timeZone === undefined ? [] : [`zone ${timeZone}`]),
];

const lineOf = ({ kind, filter }: Pick<Ended, 'kind' | 'filter'>, scopes: readonly string[]): string =>
  [
    kind === 'alerts' ? 'subscribe' : 'approvals here for',
    ...(filter.ours === true ? [whatWeAskedFor] : []),
    ...(filter.recommendation === undefined ? [] : [`recommendation:"${filter.recommendation.key}"`]),
    ...(scopes.length === 0 ? [] : [scopes.map((scope) => `"${scope}"`).join(', ')]),
    ...(kind === 'alerts' ? optionsOf(filter) : []),
  ].join(' ');

/** The lines that subscribe a place again to what these were: with ids, so that they mean the same whatever is renamed. */
export const subscribeLines = (subscriptions: readonly Ended[]): string[] =>
  [...Map.groupBy(subscriptions, (each) => lineOf(each, [])).values()].flatMap((alike) =>
    chunksOf(alike, scopesInLine).flatMap((some) =>
      some.slice(0, 1).map((first) =>
        lineOf(
          first,
          some.map(({ scope }) => scope),
        ),
      ),
    ),
  );
