import { z } from 'zod';
import { inPieces } from '../../core/in-turn.ts';
import { cached } from '../../core/cached.ts';
import {
  isApproverPart,
  isSliced,
  type ApproverPart,
  type MirrorPart,
  type SlicedPart,
} from '../../core/mirror/mirror-lives.ts';
import type { MirrorRow, MirrorSource } from '../../core/mirror/mirror.ts';
import type { HierarchySource } from '../../core/tenant/hierarchy.ts';
import { normalId, subscriptionId } from '../../core/tenant/arm-id.ts';
import { denyAssignmentsIn } from '../access/deny-assignments-below.ts';
import { denyAssignment } from '../access/deny-assignments.ts';
import { hierarchyRow } from '../access/hierarchy-source.ts';
import { alsoInherited, roleRow } from '../access/reading-access.ts';
import { assignedRole } from '../access/role-grants.ts';
import { understood } from '../client/failure.ts';
import { always, fill, queryNamed } from '../client/query-text.ts';
import type { GraphQuery, ResourceGraph } from '../client/resource-graph.ts';
import type { Rest } from '../client/rest.ts';
import { cloudPlaceRow } from '../defender/clouds-left-out.ts';
import { isInAzure } from '../defender/is-in-azure.ts';
import { catalogueRow } from '../defender/recommendation-source.ts';
import { assignmentRow, policyAssignmentsQuery } from '../policy/policy-source.ts';
import { openShape, scoreRow } from '../defender/secure-score-source.ts';
import { readApproverGroup, readApproverPeople } from './approver-directory.ts';
import { groupsToRead, peopleToRead, readApproverRoles } from './approver-roles.ts';
import { assessedResourcesIn } from './assessed-resources.ts';

type Question = {
  readonly query: GraphQuery;
  /** What a row must be to be kept: it is kept as it came, and lists understand it again. */
  readonly row: z.ZodType;
  readonly key: (row: Readonly<Record<string, unknown>>) => string;
};

const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

const rawRow = z.record(z.string(), z.unknown());

/** The whole of a part, as one question to Resource Graph. */
const questions = (): Readonly<Record<Exclude<MirrorPart, SlicedPart | ApproverPart>, Question>> => ({
  scopes: { query: { query: queryNamed('hierarchy') }, row: hierarchyRow, key: ({ id }) => lower(id) },
  'role-assignments': {
    query: { ...alsoInherited, query: fill(queryNamed('role-assignments'), { ofPrincipals: always }) },
    row: assignedRole,
    key: ({ principalId }) => lower(principalId),
  },
  'role-definitions': {
    query: { ...alsoInherited, query: fill(queryNamed('role-definitions'), { ofNames: always }) },
    row: roleRow,
    key: ({ name }) => lower(name),
  },
  'policy-assignments': { query: policyAssignmentsQuery(), row: assignmentRow, key: ({ id }) => lower(id) },
  catalogue: {
    query: { query: fill(queryNamed('recommendation-catalogue'), { isInAzure, ofKind: always }) },
    row: catalogueRow,
    key: ({ id }) => lower(id),
  },
  'secure-scores': {
    query: { query: fill(queryNamed('secure-scores'), { ofSubscriptions: always }) },
    row: scoreRow,
    key: ({ subscriptionId: guid }) => subscriptionId(lower(guid)),
  },
  'open-counts': {
    // A row names each recommendation that is open in a subscription: a thousand of them are an answer of 10 MB.
    query: { query: fill(queryNamed('open-counts'), { ofSubscriptions: always, isInAzure }), pageSize: 250 },
    row: openShape,
    key: ({ id }) => subscriptionId(lower(id)),
  },
  'cloud-places': {
    query: { query: fill(queryNamed('cloud-places'), { ofSubscriptions: always, isInAzure }) },
    row: cloudPlaceRow,
    key: ({ id }) => lower(id),
  },
});

type Asking = {
  readonly ask: ResourceGraph;
  readonly resourceManager: Rest;
  readonly microsoftGraph: Rest;
  readonly hierarchy: HierarchySource['hierarchy'];
  /** Groups without a role in Azure whose members may matter for approvals, such as those of the governance file. */
  readonly approverGroups: readonly string[];
  readonly now: () => Date;
};

/** Asks Azure for what the mirror keeps. Some of the quota of Resource Graph is left for people meanwhile. */
export const createMirrorSource = ({
  ask,
  resourceManager,
  microsoftGraph,
  hierarchy,
  approverGroups,
  now,
}: Asking): MirrorSource => {
  const wholes = questions();

  const whole = async ({ query, row, key }: Question): Promise<MirrorRow[]> => {
    const found: MirrorRow[] = [];
    const keep = (data: z.infer<typeof rawRow>): void => {
      understood(row, data);
      found.push({ key: key(data), data });
    };
    for await (const page of ask.pages(rawRow, query)) await inPieces(page, keep);
    return found;
  };

  const inSubscription: Readonly<Record<SlicedPart, (subscription: string) => Promise<MirrorRow[]>>> = {
    'deny-assignments': async (subscription) => {
      const found = await denyAssignmentsIn(resourceManager, subscription);
      for (const each of found) understood(denyAssignment, each);
      return found.map((data) => ({ key: subscription, data }));
    },
    resources: (subscription) => assessedResourcesIn(ask, subscription),
  };

  // Which groups there are is looked up every minute.
  const approverRoles = cached(() => readApproverRoles(ask), { what: 'roles that allow approving', now });
  const ofApprovers: Readonly<Record<ApproverPart, (slice: string) => Promise<MirrorRow[]>>> = {
    'approver-roles': () => approverRoles(''),
    'approver-groups': (group) => readApproverGroup(microsoftGraph, group),
    'approver-people': async () => readApproverPeople(microsoftGraph, peopleToRead(await approverRoles(''))),
  };

  return {
    slices: async (part) => {
      if (part === 'approver-groups') return groupsToRead(await approverRoles(''), approverGroups);
      return isSliced(part) ? (await hierarchy()).subscriptions.map(({ id }) => normalId(id)) : [''];
    },
    read: (part, slice) => {
      if (isApproverPart(part)) return ofApprovers[part](slice);
      return isSliced(part) ? inSubscription[part](slice) : whole(wholes[part]);
    },
  };
};
