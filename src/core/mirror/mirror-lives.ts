type MirrorLife = {
  readonly what: string;
  readonly every: number;
  readonly usable: number;
  readonly atOnce?: number;
};

/**
 * What of the tenant is kept in the database for lists: how often it is read from Azure, and for how long after that reading lists use it, both
 * in minutes. Whatever is older is asked of Azure in the person's turn. `atOnce`: the part is read slice by slice (subscriptions or groups), at most so
 * many in a minute. docs/azure.md prints this table.
 */
export const mirrorLives = {
  scopes: { what: 'Management groups and subscriptions', every: 4, usable: 15 },
  'role-assignments': { what: 'Role assignments', every: 4, usable: 10 },
  'role-definitions': { what: 'Role definitions', every: 4, usable: 10 },
  'deny-assignments': { what: 'Deny assignments, subscription by subscription', every: 30, usable: 60, atOnce: 250 },
  'policy-assignments': { what: 'Policy assignments', every: 4, usable: 15 },
  catalogue: { what: 'The catalogue of recommendations', every: 4, usable: 15 },
  'secure-scores': { what: 'Secure scores', every: 4, usable: 15 },
  'open-counts': { what: 'Open resources of each recommendation and subscription', every: 4, usable: 15 },
  'cloud-places': { what: 'Resource groups with connectors to AWS and GCP', every: 15, usable: 60 },
  'approver-roles': { what: 'Roles that allow approving', every: 5, usable: 60 },
  'approver-groups': { what: 'Members of groups that may approve, group by group', every: 60, usable: 720, atOnce: 60 },
  'approver-people': { what: 'People with such a role of their own', every: 60, usable: 720 },
  resources: { what: 'Resources that are assessed, subscription by subscription', every: 60, usable: 180, atOnce: 40 },
} as const satisfies Readonly<Record<string, MirrorLife>>;

/** A part of the tenant that is read as a whole, or slice by slice. */
export type MirrorPart = keyof typeof mirrorLives;

export const mirrorParts = Object.keys(mirrorLives) as MirrorPart[];

/** The parts that only count who could approve: no list and no turn of a person waits for them. */
const approverParts = ['approver-roles', 'approver-groups', 'approver-people'] as const;
export type ApproverPart = (typeof approverParts)[number];

export const isApproverPart = (part: MirrorPart): part is ApproverPart =>
  (approverParts as readonly MirrorPart[]).includes(part);

/** The key under which a group is kept of which Microsoft Graph does not tell who is in it. */
export const hiddenGroupsKey = 'hidden';

type InSlices = {
  [Part in MirrorPart]: (typeof mirrorLives)[Part] extends { readonly atOnce: number } ? Part : never;
}[MirrorPart];

/** The parts that are read subscription by subscription. */
export type SlicedPart = Exclude<InSlices, ApproverPart>;

/** How many slices of a part are read in a minute at most; undefined: it is read as a whole. */
export const slicesAtOnce = (part: MirrorPart): number | undefined => {
  const life: MirrorLife = mirrorLives[part];
  return life.atOnce;
};

export const isSliced = (part: MirrorPart): part is SlicedPart =>
  slicesAtOnce(part) !== undefined && !isApproverPart(part);

const minute = 60_000;

/** Whether a part that was read then has to be read again. */
export const isDue = (part: MirrorPart, readAt: Date | undefined, now: Date): boolean =>
  readAt === undefined || Math.abs(now.getTime() - readAt.getTime()) >= mirrorLives[part].every * minute;

/** Whether lists may still use a part that was read then. */
export const isUsable = (part: MirrorPart, readAt: Date, now: Date): boolean =>
  Math.abs(now.getTime() - readAt.getTime()) <= mirrorLives[part].usable * minute;
