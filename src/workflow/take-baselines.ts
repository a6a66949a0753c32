import type { Alert } from '../core/alert.ts';
import { formatInstant } from '../core/calendar.ts';
import { exemptionStateOf, type ExemptionState } from '../core/exemption-state.ts';
import { scopeLabel } from '../core/hierarchy.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Sighting } from '../core/seen-exemption.ts';
import type { ChannelSubscription } from '../core/subscription.ts';
import type { Desk } from './desk.ts';
import { concerns, queueAlert } from './raise-alerts.ts';
import type { SweepLook } from './sweep-look.ts';

const soonDays = 30;
const listedSoon = 15;

type Unit = {
  readonly scope: string;
  readonly title: string;
  readonly expiresAt: Date | undefined;
  state: ExemptionState;
};

/** What a channel finds when it begins to watch a scope: each unit once, as far as a summary needs it. */
type Estate = { readonly units: Map<string, Unit>; needless: number };

const addTo = (
  estate: Estate,
  { exemption, unitKey, recommendation, needless }: Sighting,
  state: ExemptionState,
): void => {
  if (estate.units.has(unitKey) || recommendation === undefined) return;
  if (needless) estate.needless += 1;
  const { scope, expiresAt } = exemption;
  estate.units.set(unitKey, { scope, title: recommendation.title, expiresAt, state });
};

const endOf = ({ expiresAt }: Unit): number => expiresAt?.getTime() ?? Infinity;

const summaryOf = ({ units, needless }: Estate, desk: Desk, { hierarchy }: SweepLook): Alert => {
  const all = [...units.values()];
  const numberOf = (state: ExemptionState): number => all.filter((unit) => unit.state === state).length;
  const soon = all.filter(({ state }) => state === 'expiring').sort((a, b) => endOf(a) - endOf(b));
  const numbers: readonly (readonly [string, number])[] = [
    ['Expire within 30 days', soon.length],
    ['Never expire', numberOf('never-expires')],
    ['Expired', numberOf('expired')],
    ['Orphaned', numberOf('orphaned')],
    ['No longer needed', needless],
  ];
  const rowOf = ({ expiresAt, title, scope }: Unit): string =>
    `${expiresAt === undefined ? 'Never' : formatInstant(expiresAt, desk.timeZone)}: ${title} (${scopeLabel(scope, hierarchy)})`;
  return {
    step: 'baseline',
    title: 'Exemption Desk now watches this scope',
    severity: undefined,
    facts: [
      { label: 'Exemptions found', text: String(all.length) },
      ...numbers
        .filter(([label, count]) => count > 0 || label === 'Expire within 30 days' || label === 'Never expire')
        .map(([label, count]) => ({ label, text: String(count) })),
    ],
    words: '',
    rows: soon.slice(0, listedSoon).map(rowOf),
    reference: undefined,
    exemptionId: undefined,
  };
};

const keyOf = ({ scope, subscribedAt }: ChannelSubscription): string =>
  `baseline ${scope.toLowerCase()} ${subscribedAt.toISOString()}`;

const estateOf = async (desk: Desk, look: SweepLook, scope: string): Promise<Estate> => {
  const estate: Estate = { units: new Map(), needless: 0 };
  const { at: now, hierarchy } = look;
  for await (const portion of desk.database.seen.all())
    for (const sighting of portion)
      if (concerns([scope], [sighting.exemption.scope], hierarchy)) {
        const assignmentGone = sighting.orphaned;
        const context = { assignmentGone, now, timeZone: desk.timeZone, withinDays: soonDays };
        addTo(estate, sighting, exemptionStateOf(sighting.exemption, context));
      }
  return estate;
};

/**
 * Gives every channel that has subscribed since the last sweep one summary of what is there. What this very sweep found is known to it then: it is
 * claimed, and the channel hears only of what comes after.
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
      await store.alerts.takeIn(channelId, known, look.at);
      if (estate.units.size > 0) await queueAlert(desk, store, channelId, summaryOf(estate, desk, look));
    });
  }
};
