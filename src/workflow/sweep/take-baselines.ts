import { andMore } from '../../core/first-few.ts';
import { alertWords } from '../../core/alert/alert-words.ts';
import type { Alert } from '../../core/alert/alert.ts';
import { formatInstant } from '../../core/calendar.ts';
import { exemptionStateOf, type ExemptionState } from '../../core/inventory/exemption-state.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Occurrence } from '../../core/alert/occurrence.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import type { ChannelSubscription } from '../../core/alert/subscription.ts';
import type { Desk } from '../desk.ts';
import { concerns, queueAlert } from '../alert/raise-alerts.ts';
import type { SweepLook } from './look-around.ts';

const soonDays = 30;
/** As many as the card shows. */
const listedSoon = 14;

/** The exemptions that a channel finds when it subscribes to a scope, as far as a summary needs them. */
type Estate = {
  readonly numbers: Map<ExemptionState | 'all' | 'needless', number>;
  /** The exemptions that expire soon, each unit once. */
  readonly soon: Map<string, Sighting>;
};

const addTo = ({ numbers, soon }: Estate, sighting: Sighting, state: ExemptionState): void => {
  const kinds = ['all', state, ...(sighting.needless ? (['needless'] as const) : [])] as const;
  for (const kind of kinds) numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
  if (state === 'expiring' && !soon.has(sighting.unitKey)) soon.set(sighting.unitKey, sighting);
};

const endOf = ({ exemption }: Sighting): number => exemption.expiresAt?.getTime() ?? Infinity;

const factsOf = ({ numbers }: Estate): Alert['facts'] => {
  const always = [
    { label: 'Exemptions found', text: String(numbers.get('all') ?? 0) },
    { label: 'Expire within 30 days', text: String(numbers.get('expiring') ?? 0) },
    { label: 'Never expire', text: String(numbers.get('never-expires') ?? 0) },
  ];
  const others = [
    { label: 'Expired', number: numbers.get('expired') ?? 0 },
    { label: 'Orphaned', number: numbers.get('orphaned') ?? 0 },
    { label: 'No longer needed', number: numbers.get('needless') ?? 0 },
  ];
  return [
    ...always,
    ...others.filter(({ number }) => number > 0).map(({ label, number }) => ({ label, text: String(number) })),
  ];
};

const summaryOf = (estate: Estate, desk: Desk, { hierarchy }: SweepLook): Alert => {
  const soon = [...estate.soon.values()].sort((a, b) => endOf(a) - endOf(b));
  const rowOf = ({ exemption: { expiresAt, scope }, recommendation }: Sighting): string =>
    `${expiresAt === undefined ? '' : formatInstant(expiresAt, desk.timeZone)}: ${recommendation?.title ?? ''} (${scopeLabel(scope, hierarchy)})`;
  return {
    ...alertWords.baseline,
    severity: undefined,
    facts: factsOf(estate),
    words: '',
    rows: [...soon.slice(0, listedSoon).map(rowOf), andMore(soon.length, listedSoon)].filter((row) => row !== ''),
    reference: undefined,
    exemptionId: undefined,
  };
};

const keyOf = ({ scope, subscribedAt }: ChannelSubscription): string =>
  `baseline ${scope.toLowerCase()} ${subscribedAt.toISOString()}`;

const estateOf = async (desk: Desk, { at: now, hierarchy }: SweepLook, scope: string): Promise<Estate> => {
  const estate: Estate = { numbers: new Map(), soon: new Map() };
  for await (const portion of desk.database.seen.all())
    for (const sighting of portion) {
      const { exemption, orphaned: assignmentGone, recommendation } = sighting;
      if (recommendation === undefined || !concerns([scope], [exemption.scope], hierarchy)) continue;
      const context = { assignmentGone, now, timeZone: desk.timeZone, withinDays: soonDays };
      addTo(estate, sighting, exemptionStateOf(exemption, context));
    }
  return estate;
};

/**
 * Posts one summary to every channel that has subscribed since the last sweep. What this sweep found counts as known to it: the steps are
 * claimed, and the channel hears only of later events.
 */
export const takeBaselines = async (desk: Desk, look: SweepLook, occurrences: readonly Occurrence[]): Promise<void> => {
  const watching = (await desk.database.subscriptions.all()).filter(({ kind }) => kind === 'alerts');
  for (const subscription of watching) {
    const { channelId, scope } = subscription;
    if (await desk.database.alerts.isClaimed(channelId, keyOf(subscription), ['baseline'])) continue;
    const estate = await estateOf(desk, look, scope);
    const known = occurrences.filter(({ scopes }) => concerns([scope], scopes, look.hierarchy));
    await desk.database.transaction(async (store) => {
      if (!(await store.alerts.claim(channelId, keyOf(subscription), ['baseline'], look.at))) return;
      await store.alerts.claimAll(channelId, known, look.at);
      if (estate.numbers.size > 0) await queueAlert(desk, store, channelId, summaryOf(estate, desk, look));
    });
  }
};
