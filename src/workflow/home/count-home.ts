import { exemptFromAssignment, readAssessments, readExemptions, writeExemptions } from '../../core/access/access.ts';
import { holdsAnywhere } from '../../core/access/why-empty.ts';
import type { HomeCount, HomeNumber, HomeView } from '../../core/chat/home-view.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { stillReading } from '../../core/inventory/listing-age.ts';
import { mostCounted } from '../../core/list-page.ts';
import { StoreUnavailable } from '../../core/store-unavailable.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { countExemptions } from '../inventory/list-exemptions.ts';
import { expiringWithinDays } from '../inventory/shown-state.ts';
import { countOpenRecommendations } from '../recommendation/list-recommendations.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';
import { countRequests } from '../tell/list-requests.ts';

const counted = (found: number): HomeNumber => ({ kind: 'counted', found, isOpen: found >= mostCounted });

/** The number; if Azure does not answer, why it is not known. Never 0 instead. */
const known = async (count: () => Promise<HomeNumber>): Promise<HomeNumber> => {
  try {
    return await count();
  } catch (error) {
    if (!(error instanceof GovernanceError) || error.code !== 'unavailable' || error instanceof StoreUnavailable)
      throw error;
    return { kind: 'unread', because: error.message };
  }
};

/** Somebody without a role for a list gets no 0, which would read like all-clear. Roles that are still being read may be the missing ones. */
const unlessWithoutRole = (
  { access, hierarchy }: Viewpoint,
  actions: readonly string[],
  count: () => Promise<HomeNumber>,
): Promise<HomeNumber> => {
  if (actions.every((action) => holdsAnywhere(access, action, hierarchy))) return count();
  return Promise.resolve(
    access.unread === undefined
      ? { kind: 'no-role' }
      : { kind: 'unread', because: 'Azure did not say what your roles allow.' },
  );
};

const endingSoon = async (desk: Desk, asker: Asker): Promise<HomeNumber> => {
  const { found, readAt } = await countExemptions(desk, asker, { kind: 'expiring', withinDays: expiringWithinDays });
  return readAt === undefined ? { kind: 'unread', because: stillReading } : counted(found);
};

/** The numbers of somebody's home card: how long the lists are that its buttons open. `before`: what is open is taken from there, without asking Azure. */
export const countHome = async (desk: Desk, person: Person, before?: HomeCount): Promise<HomeView> => {
  const asker = { person, channelId: undefined };
  const sight = takeViewpoint(desk, asker);
  // Each number waits for it by itself, and says so if it does not come.
  sight.catch(() => undefined);
  const ifAllowed = (actions: readonly string[], count: (viewpoint: Viewpoint) => Promise<number>) =>
    known(async () => {
      const viewpoint = await sight;
      return unlessWithoutRole(viewpoint, actions, async () => counted(await count(viewpoint)));
    });
  const decides = [writeExemptions, ...(desk.delegateGroups.length > 0 ? [] : [exemptFromAssignment])];
  const [toDecide, mine, ending, open] = await Promise.all([
    ifAllowed(decides, () => countRequests(desk, asker, 'to-decide')),
    known(async () => counted(await countRequests(desk, asker, 'mine'))),
    known(async () => unlessWithoutRole(await sight, [readExemptions], () => endingSoon(desk, asker))),
    before?.numbers.open ?? ifAllowed([readAssessments], (viewpoint) => countOpenRecommendations(desk, viewpoint)),
  ]);
  const countedAt = desk.now();
  return {
    numbers: { toDecide, mine, endingSoon: ending, open },
    countedAt,
    openCountedAt: before?.openCountedAt ?? countedAt,
    timeZone: desk.timeZone,
  };
};
