import { emptyWords } from '../../core/access/empty-words.ts';
import { holdsAnywhere, rolesToActivate, type ListName, type WhyEmpty } from '../../core/access/why-empty.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import { StoreUnavailable } from '../../core/store-unavailable.ts';
import { subscriptionOf } from '../../core/tenant/arm-id.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import type { Viewpoint } from './take-viewpoint.ts';

/** Why somebody without a role that allows an action sees nothing. Azure is asked which roles they could activate. */
export const findMissingRole = async (desk: Desk, person: Person, action: string): Promise<WhyEmpty> => {
  const [hierarchy, eligible] = await Promise.all([desk.hierarchy(), desk.eligibleRoles(person)]);
  if (eligible === undefined) return { kind: 'no-role', eligible: 'unknown' };
  const roles = rolesToActivate(eligible, action, hierarchy);
  return roles.length === 0 ? { kind: 'no-role', eligible: 'none' } : { kind: 'eligible-only', roles };
};

/** Exemption Desk itself may see too little of Azure; undefined if nothing hints at that. */
const findOwnBlindness = async (desk: Desk): Promise<WhyEmpty | undefined> => {
  const [{ subscriptions }, { blind }] = await Promise.all([desk.hierarchy(), desk.database.sweeps.progress()]);
  const because =
    subscriptions.length === 0
      ? 'Azure shows Exemption Desk no subscription at all, so its own role is missing. Please tell its operator.'
      : blind?.reason;
  return because === undefined ? undefined : { kind: 'could-not-read', because };
};

/**
 * Why a list is empty: what was asked for is too narrow (`without` counts the rows without it), Exemption Desk itself sees too little, no role
 * allows the action, or there is nothing. Asks Azure only about somebody without such a role.
 */
export const findWhyEmpty = async (
  desk: Desk,
  person: Person,
  { access, hierarchy }: Pick<Viewpoint, 'access' | 'hierarchy'>,
  action: string,
  without: number,
): Promise<WhyEmpty> => {
  if (without > 0) return { kind: 'filtered-out', without };
  const blindness = await findOwnBlindness(desk);
  if (blindness !== undefined) return blindness;
  return holdsAnywhere(access, action, hierarchy) ? { kind: 'nothing-there' } : findMissingRole(desk, person, action);
};

/** Defender has a score for every subscription in which it assesses something; undefined if there is one with a score. */
const findUnassessed = async (
  desk: Desk,
  { where, hierarchy }: Pick<Viewpoint, 'where' | 'hierarchy'>,
): Promise<WhyEmpty | undefined> => {
  const subscriptions = [
    ...new Set([...where.subscriptions, ...where.narrower].flatMap((id) => subscriptionOf(id) ?? [])),
  ];
  const scores = await desk.secureScores.scores(subscriptions);
  if (subscriptions.length === 0 || scores.some(({ max }) => max > 0)) return undefined;
  return { kind: 'not-assessed', subscriptions: subscriptions.map((each) => scopeLabel(each, hierarchy)) };
};

/** Why a list of what Defender assesses shows nothing in `part` of what the person may see; `without` counts the rows elsewhere. */
export const findWhyNothingAssessed = async (
  desk: Desk,
  person: Person,
  { whole, part }: { readonly whole: Viewpoint; readonly part: Viewpoint },
  action: string,
  without: () => Promise<number>,
): Promise<WhyEmpty> => {
  const unassessed = await findUnassessed(desk, part);
  const why = await findWhyEmpty(desk, person, whole, action, unassessed === undefined ? await without() : 0);
  return why.kind === 'nothing-there' ? (unassessed ?? why) : why;
};

/** Azure did not answer, so that a list is not known. */
class ListUnknown extends GovernanceError {
  readonly because: string;

  constructor(list: ListName, because: string, cause: GovernanceError) {
    super('unavailable', emptyWords(list, { kind: 'could-not-read', because }), { cause });
    this.because = because;
  }
}

/** Reads a list; if Azure does not answer, the error says what therefore is not known. */
export const readingFor = async <Result>(list: ListName, read: () => Promise<Result>): Promise<Result> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GovernanceError) || error.code !== 'unavailable' || error instanceof StoreUnavailable)
      throw error;
    throw new ListUnknown(list, error instanceof ListUnknown ? error.because : error.message, error);
  }
};

/** For a name that means nothing to somebody without a role: throws GovernanceError not-found with the reason, which is not the name. */
export const refuseWithoutRole = async (desk: Desk, person: Person, list: ListName, action: string): Promise<never> => {
  const why = (await findOwnBlindness(desk)) ?? (await findMissingRole(desk, person, action));
  throw new GovernanceError('not-found', emptyWords(list, why));
};
