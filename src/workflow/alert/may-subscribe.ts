import { mayDo, readAssessments, readExemptions, writeExemptions } from '../../core/access/access.ts';
import type { ChannelSubscription } from '../../core/alert/subscription.ts';
import type { Person } from '../../core/person.ts';
import { afresh } from '../afresh.ts';
import type { Desk } from '../desk.ts';

/** The permissions on a scope that somebody needs to have it disclosed in a channel. */
export const neededToSubscribe: Readonly<Record<ChannelSubscription['kind'], readonly string[]>> = {
  alerts: [readAssessments, readExemptions],
  approvals: [writeExemptions],
};

/** For lists of some of these scopes: whether the Azure roles of somebody, read live now, allow them to subscribe channels to alerts on all of them. */
export const findMaySubscribe = async (
  desk: Desk,
  person: Person,
  all: readonly string[],
): Promise<(scopes: readonly string[]) => boolean> => {
  if (all.length === 0) return () => false;
  const reading = afresh(desk).hierarchy();
  const [hierarchy, access] = await Promise.all([reading, desk.forDecision(person, all, reading)]);
  const may = (scope: string): boolean =>
    neededToSubscribe.alerts.every((action) => mayDo(access, action, scope, hierarchy));
  return (scopes) => scopes.length > 0 && scopes.every(may);
};
