import { alertKinds } from './alert-kinds.ts';
import type { AlertFilter } from './subscription.ts';

/** “07:00” of minutes after midnight. */
export const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

const severities = {
  critical: 'critical severity',
  high: 'high and critical severity',
  medium: 'medium severity and worse',
  low: '',
} as const;

/** The filter of a subscription in a few words: "expiring, expired; high severity; daily digest"; empty for everything at once. */
export const filterWords = ({
  kinds,
  severity,
  digest,
  quiet,
  timeZone,
  recommendation,
  ours,
  tag,
}: AlertFilter): string =>
  [
    recommendation === undefined ? '' : `only “${recommendation.title}”`,
    ours === true ? 'only what was asked for here' : '',
    tag === undefined ? '' : `because of the tag ${tag}`,
    [...new Set((kinds ?? []).map((kind) => alertKinds[kind].word))].join(', '),
    severity === undefined ? '' : severities[severity],
    digest === undefined ? '' : `${digest} digest at 08:00`,
    quiet === undefined ? '' : `quiet from ${clock(quiet.from)} to ${clock(quiet.to)}`,
    timeZone ?? '',
  ]
    .filter((part) => part !== '')
    .join('; ');
