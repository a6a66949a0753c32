import type { AccessSource } from '../core/access.ts';
import { createDecidingAccess } from './deciding-access.ts';
import { createGroupMembership } from './group-membership.ts';
import { createReadingAccess } from './reading-access.ts';
import type { ResourceGraph } from './resource-graph.ts';
import type { Rest } from './rest.ts';

export const createAccessSource = (
  ask: ResourceGraph,
  resourceManager: Rest,
  microsoftGraph: Rest,
  now: () => Date,
): AccessSource => {
  const groupsOf = createGroupMembership(microsoftGraph);
  return {
    forReading: createReadingAccess(ask, groupsOf, now),
    forDecision: createDecidingAccess(resourceManager, groupsOf, now),
  };
};
