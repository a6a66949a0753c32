import { readExemptions } from '../../core/access/access.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import type { ExemptionState } from '../../core/inventory/exemption-state.ts';
import { isOrdinary, type ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { covers, everything } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import { findWhyEmpty, readingFor } from '../rights/find-why-empty.ts';
import { narrowByName, type Asker } from '../rights/take-viewpoint.ts';
import { contains, soonestFirst, together } from './group-exemptions.ts';
import { lookAtExemptions, type ExemptionsInSight } from './look-at-exemptions.ts';

export type ExemptionList = ExemptionsInSight & {
  /** Undefined unless it is empty. */
  readonly whyEmpty: WhyEmpty | undefined;
};

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
 * earliest expiry first; or why there is none.
 */
export const listExemptions = (desk: Desk, asker: Asker, filter: ExemptionFilter): Promise<ExemptionList> =>
  readingFor('exemptions', () => list(desk, asker, filter));

const withoutThoseOfDefender =
  'Azure did not return the exemptions that were created in Defender for Cloud itself. Please try again later.';

const list = async (desk: Desk, asker: Asker, filter: ExemptionFilter): Promise<ExemptionList> => {
  const { rows, viewpoint: whole, withoutDefender } = await lookAtExemptions(desk, asker, filter.withinDays);
  const isNarrowed = filter.subscription !== '' && whole.scopes.length > 0;
  const viewpoint = isNarrowed ? narrowByName(whole, filter.subscription) : { ...whole, place: everything };
  const { hierarchy, place } = viewpoint;
  const kept = rows
    .filter((row) => isWanted(row, filter.state) && contains(row, filter.text))
    .filter(({ exemption: { scope } }) => covers(place, scope, hierarchy) || covers(scope, place, hierarchy));
  const made = together(kept.sort(soonestFirst)).filter((row) => filter.state !== 'needless' || row.needless);
  const whyEmpty = async (): Promise<WhyEmpty> => {
    const without = together(rows.filter((row) => isWanted(row, undefined))).length;
    return without === 0 && withoutDefender
      ? { kind: 'could-not-read', because: withoutThoseOfDefender }
      : findWhyEmpty(desk, asker.person, whole, readExemptions, without);
  };
  return { rows: made, viewpoint, withoutDefender, whyEmpty: made.length > 0 ? undefined : await whyEmpty() };
};
