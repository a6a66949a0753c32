import type { AccessSource } from '../../core/access/access.ts';
import type { ApproverSource } from '../../core/access/approver-count.ts';
import type { OwnerSource } from '../../core/access/owner-source.ts';
import type { MirrorStore } from '../../core/mirror/mirror.ts';
import type { Observe } from '../../core/observed.ts';
import { controlsOf } from '../../core/score/control.ts';
import type { SecureScoreSource } from '../../core/score/secure-score.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { HierarchySource } from '../../core/tenant/hierarchy.ts';
import type { PoliciesForLists } from '../../core/tenant/policy.ts';
import type { RecommendationSource } from '../../core/tenant/recommendation.ts';
import { createDenyAssignmentsBelow, type DenyAssignmentsIn } from '../access/deny-assignments-below.ts';
import { hierarchyFrom, hierarchyRow } from '../access/hierarchy-source.ts';
import type { GroupsForReading, RightsFacts } from '../access/reading-access.ts';
import { cloudPlaceRow, cloudsIn } from '../defender/clouds-left-out.ts';
import { catalogueRow, titled } from '../defender/recommendation-source.ts';
import { assignmentFrom, assignmentRow } from '../policy/policy-source.ts';
import { openRow, scoreRow, scoresFrom } from '../defender/secure-score-source.ts';
import { createKeptApprovers } from './kept-approvers.ts';
import { createMirrorReader, type MirrorReader } from './mirror-reader.ts';
import { createMirroredDenyAssignments, createMirroredRights, createMirroredRoles } from './mirrored-rights.ts';
import { createOwnRoles } from './own-roles.ts';

/** What lists ask. Decisions ask `askAfresh` and `forDecision`, which know nothing of the mirror. */
type ForLists = HierarchySource &
  Pick<AccessSource, 'forReading'> & {
    readonly recommendations: RecommendationSource;
    readonly secureScores: SecureScoreSource;
    readonly policiesForLists: PoliciesForLists;
  };

/** The same, and who could approve and who owns what, which only the mirror knows. */
export type OverMirror = ForLists & { readonly approvers: ApproverSource; readonly owners: OwnerSource };

/** The sources that ask Azure, for what the mirror does not have. */
export type Live = ForLists & {
  readonly roles: Pick<RightsFacts, 'assignedTo' | 'definitions'>;
  readonly denyAssignmentsIn: DenyAssignmentsIn;
  readonly groupsOf: GroupsForReading;
  readonly peopleCalled: OwnerSource['called'];
  readonly observe: Observe;
  readonly now: () => Date;
};

const scoresOver = (mirror: MirrorReader, live: SecureScoreSource): SecureScoreSource => {
  const scores = mirror.whole('secure-scores', scoreRow, async (rows) => {
    const all = scoresFrom(rows);
    return { of: Map.groupBy(all, ({ subscription }) => subscription), controls: await controlsOf(all) };
  });
  const openCounts = mirror.whole('open-counts', openRow, (rows) =>
    Map.groupBy(rows, ({ subscription }) => subscription),
  );
  const among = <Item>(all: ReadonlyMap<string, readonly Item[]>, subscriptions: readonly string[]): Item[] =>
    subscriptions.flatMap((each) => all.get(normalId(each)) ?? []);
  return {
    scores: async (subscriptions) => {
      const kept = await scores();
      return kept === undefined ? live.scores(subscriptions) : among(kept.value.of, subscriptions);
    },
    controls: async (subscriptions) => (await scores())?.value.controls ?? live.controls(subscriptions),
    openCounts: async (subscriptions) => {
      const kept = await openCounts();
      return kept === undefined ? live.openCounts(subscriptions) : among(kept.value, subscriptions);
    },
  };
};

/** The same sources over the mirror: a list costs the question for its rows, and nothing for what is the same for everybody. */
export const overMirror = (
  live: Live,
  kept: MirrorStore,
): { readonly store: MirrorStore; readonly sources: OverMirror } => {
  const { store, ...mirror } = createMirrorReader(kept, live.now);
  const scopes = mirror.whole('scopes', hierarchyRow, hierarchyFrom);
  const catalogue = mirror.whole('catalogue', catalogueRow, (rows) => rows.map(titled));
  const cloudPlaces = mirror.whole('cloud-places', cloudPlaceRow, (rows) => rows);
  const assignments = mirror.whole('policy-assignments', assignmentRow, (rows) => rows.map(assignmentFrom));
  const hierarchy = async () => (await scopes())?.value ?? live.hierarchy();
  const denyAssignments = createMirroredDenyAssignments(mirror, live.denyAssignmentsIn);
  const facts = {
    ...createMirroredRoles(mirror, live.roles),
    denyAssignmentsBelow: createDenyAssignmentsBelow(denyAssignments, hierarchy, live.observe),
  };
  return {
    store,
    sources: {
      hierarchy,
      forReading: createMirroredRights(facts, live.groupsOf, live.now),
      recommendations: {
        ...live.recommendations,
        catalogue: async () => (await catalogue())?.value ?? live.recommendations.catalogue(),
        cloudsLeftOut: async (where) => {
          const kept = await cloudPlaces();
          return kept === undefined ? live.recommendations.cloudsLeftOut(where) : cloudsIn(kept.value, where);
        },
      },
      policiesForLists: {
        assignments: async () => (await assignments())?.value ?? live.policiesForLists.assignments(),
      },
      secureScores: scoresOver(mirror, live.secureScores),
      approvers: createKeptApprovers(mirror, hierarchy),
      owners: { called: live.peopleCalled, ownRoles: createOwnRoles(facts) },
    },
  };
};
