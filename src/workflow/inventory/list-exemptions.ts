import type { ExemptionState } from '../../core/inventory/exemption-state.ts';
import { isOrdinary, type ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { covers, everything, scopeNamed } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import { narrowByName, type Asker } from '../rights/take-viewpoint.ts';
import { contains, soonestFirst, together } from './group-exemptions.ts';
import { lookAtExemptions, type ExemptionList } from './look-at-exemptions.ts';

export type ExemptionFilter = {
  readonly text: string;
  /** Undefined: every exemption that belongs to a recommendation; `other-policies`: those that belong to none. */
  readonly state: ExemptionState | 'outside' | 'needless' | 'other-policies' | undefined;
  readonly withinDays: number;
  /** Name or id of a subscription or management group, as typed; empty for all. */
  readonly subscription: string;
};

const isWanted = (row: ListedExemption, state: ExemptionFilter['state']): boolean => {
  if (isOrdinary(row) || state === 'other-policies') return isOrdinary(row) && state === 'other-policies';
  // The state of the whole is known only after grouping.
  if (state === undefined || state === 'needless') return true;
  return state === 'outside' ? row.request === undefined : row.state === state;
};

/**
 * Every exemption of a Defender recommendation that the asker may see and that covers something in the wanted scope, whoever made it;
 * earliest expiry first.
 */
export const listExemptions = async (desk: Desk, asker: Asker, filter: ExemptionFilter): Promise<ExemptionList> => {
  const { rows, viewpoint: whole, withoutDefender } = await lookAtExemptions(desk, asker, filter.withinDays);
  const viewpoint = filter.subscription === '' ? whole : narrowByName(whole, filter.subscription);
  const { hierarchy } = viewpoint;
  const place = scopeNamed(filter.subscription, hierarchy) ?? everything;
  const kept = rows
    .filter((row) => isWanted(row, filter.state) && contains(row, filter.text))
    .filter(({ exemption: { scope } }) => covers(place, scope, hierarchy) || covers(scope, place, hierarchy));
  const made = together(kept.sort(soonestFirst));
  return { rows: made.filter((row) => filter.state !== 'needless' || row.needless), viewpoint, withoutDefender };
};
