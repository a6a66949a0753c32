import { cached } from '../../core/cached.ts';
import type { AccessSource } from '../../core/access/access.ts';
import type { MirrorReader } from './mirror-reader.ts';
import type { DenyAnswer, DenyAssignmentsIn } from '../access/deny-assignments-below.ts';
import { denyAssignment } from '../access/deny-assignments.ts';
import { accessFrom, roleRow, rolesFrom, type GroupsForReading, type RightsFacts } from '../access/reading-access.ts';
import { assignedRole } from '../access/role-grants.ts';
import { understood } from '../client/failure.ts';

/** At most so many subscriptions that were not read yet are asked in the turn of a person. */
const askedAtOnce = 16;

/**
 * The deny assignments that were read for all. Subscriptions that were not read, or too long ago, are asked if they are few; if they are many,
 * they have not had their turn yet. Where nothing was read at all, everything is asked.
 */
export const createMirroredDenyAssignments =
  (mirror: MirrorReader, live: DenyAssignmentsIn): DenyAssignmentsIn =>
  async (subscriptions) => {
    const read = await mirror.usable('deny-assignments', subscriptions);
    const known = subscriptions.filter((each) => read.has(each));
    const missing = subscriptions.filter((each) => !read.has(each));
    const isBeginning =
      missing.length > askedAtOnce && (read.size > 0 || (await mirror.usable('deny-assignments')).size > 0);
    const [kept, others] = await Promise.all([
      mirror.rows('deny-assignments', known),
      isBeginning ? missing.map((subscription): DenyAnswer => ({ subscription, why: undefined })) : live(missing),
    ]);
    return [{ found: kept.map((row) => understood(denyAssignment, row)) }, ...others];
  };

/** Role assignments and definitions that were read for all; those of Azure itself where they were not, or too long ago. */
export const createMirroredRoles = (
  mirror: MirrorReader,
  live: Pick<RightsFacts, 'assignedTo' | 'definitions'>,
): Pick<RightsFacts, 'assignedTo' | 'definitions'> => {
  const definitions = mirror.whole('role-definitions', roleRow, rolesFrom);
  return {
    assignedTo: async (principals) => {
      const kept = await mirror.some(
        'role-assignments',
        principals.map((each) => each.toLowerCase()),
      );
      return kept?.value.map((row) => understood(assignedRole, row)) ?? live.assignedTo(principals);
    },
    definitions: async (guids) => {
      const kept = await definitions();
      // A role that was made since is asked for, because a role without a definition grants nothing.
      return kept !== undefined && guids.every((guid) => kept.value.has(guid)) ? kept.value : live.definitions(guids);
    },
  };
};

/** What a person may read, by facts that cost no question; only the groups of the person are asked of Microsoft Graph. */
export const createMirroredRights = (
  facts: RightsFacts,
  groupsOf: GroupsForReading,
  now: () => Date,
): AccessSource['forReading'] => {
  const groups = cached(groupsOf, {
    what: 'groups of a person',
    now,
    same: ({ objectId, tenantId }) => `${tenantId}/${objectId}`.toLowerCase(),
  });
  return async (person) => accessFrom(person, await groups(person), facts);
};
