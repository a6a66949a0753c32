import { createHash } from 'node:crypto';
import { durationInMs } from '../clock.ts';
import { indexExemptions } from './exemptions-in-force.ts';
import type { ExemptionIndex } from './exemptions-in-force.ts';
import { policyStatesOf } from './policy-states.ts';
import type { PolicyState } from './policy-states.ts';
import { defenderExemptionsOn } from './standard-assignments.ts';
import { standingsIn } from './standings.ts';
import type { AssessedResource, Standing } from './standings.ts';
import type { Recommendation, StandardAssignment, Tenant } from './tenant.ts';

type AssessmentStatus = {
  readonly code: 'Healthy' | 'Unhealthy' | 'NotApplicable';
  readonly cause?: 'Exempt' | 'OffByPolicy';
  readonly description?: string;
  readonly firstEvaluationDate: string;
  readonly statusChangeDate: string;
};
export type Assessment = {
  readonly id: string;
  readonly recommendation: Recommendation;
  readonly resource: AssessedResource;
  readonly chain: readonly string[];
  readonly status: AssessmentStatus;
  /** Only while exempt: a mitigated one still counts as healthy in the secure score. */
  readonly mitigated: boolean;
};
/** The tenant as Defender sees it at one moment. */
type AssessmentView = {
  readonly of: (subscriptionId: string) => readonly Assessment[];
  readonly statesOf: (subscriptionId: string) => readonly PolicyState[];
};
/** They are made when somebody asks, subscription by subscription; only a few are remembered. */
export type Assessments = {
  readonly view: () => AssessmentView;
  readonly of: (subscriptionId: string) => readonly Assessment[];
  readonly all: () => readonly Assessment[];
};

const dayInMs = 86_400_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The reasons why an assessment is exempt: an exemption for every assignment that includes its policy, or one made in Defender. */
type Release = { readonly categories: readonly string[]; readonly at: readonly string[] };

const releaseOf = (
  { recommendation, resource, chain, holders }: Standing,
  exemptions: ExemptionIndex,
  byDefender: ReadonlyMap<string, readonly StandardAssignment[]>,
  now: Date,
): Release | undefined => {
  const standard = defenderExemptionsOn(byDefender.get(recommendation.assessmentKey) ?? [], recommendation, chain, now);
  if (standard.length > 0)
    return {
      categories: standard.map(({ properties }) => properties.exemptionData?.exemptionCategory ?? ''),
      at: standard.map(({ systemData }) => systemData.lastModifiedAt),
    };
  const enabled = holders.filter(({ disabled }) => !disabled);
  const covering = enabled.map((holder) => exemptions.covering(holder, chain, resource));
  if (covering.length === 0 || covering.some((found) => found.length === 0)) return undefined;
  const found = covering.flat();
  return {
    categories: found.map(({ properties }) => properties.exemptionCategory),
    at: found.map(({ systemData }) => systemData.lastModifiedAt),
  };
};

const assess = (standing: Standing, release: Release | undefined, createdAt: Date): Assessment => {
  const { id, recommendation, resource, chain, holders, unhealthy } = standing;
  const long = new Date(createdAt.getTime() - 200 * dayInMs).toISOString();
  const assessed = (status: Omit<AssessmentStatus, 'firstEvaluationDate' | 'statusChangeDate'>, since = long) => ({
    id,
    recommendation,
    resource,
    chain,
    status: { ...status, firstEvaluationDate: long, statusChangeDate: since },
    mitigated: release?.categories.every((category) => category.toLowerCase() === 'mitigated') ?? false,
  });
  if (holders.length > 0 && holders.every(({ disabled }) => disabled))
    return assessed({
      code: 'NotApplicable',
      cause: 'OffByPolicy',
      description: 'The recommendation is disabled in policy',
    });
  if (release === undefined) return assessed({ code: unhealthy ? 'Unhealthy' : 'Healthy' });
  const status = { code: 'NotApplicable', cause: 'Exempt', description: 'Exempt' } as const;
  return assessed(status, release.at.toSorted().at(-1));
};

/** More than this are made anew at each question. */
const mostRemembered = 60_000;

/** Remembers for each subscription the last list that was made for the same signature; the longest unused are forgotten. */
const remembered = <T>() => {
  const known = new Map<string, { readonly signature: string; readonly list: readonly T[] }>();
  let size = 0;
  const forget = (subscriptionId: string): void => {
    size -= known.get(subscriptionId)?.list.length ?? 0;
    known.delete(subscriptionId);
  };
  return (subscriptionId: string, signature: string, make: () => readonly T[]): readonly T[] => {
    const before = known.get(subscriptionId);
    const list = before?.signature === signature ? before.list : make();
    forget(subscriptionId);
    known.set(subscriptionId, { signature, list });
    size += list.length;
    for (const oldest of known.keys()) {
      if (size <= mostRemembered) break;
      forget(oldest);
    }
    return list;
  };
};

/** The index of the exemptions in force, made anew when one was written or ended. */
const rememberedIndex = (tenant: Tenant) => {
  let last: { readonly writes: number; readonly from: number; readonly index: ExemptionIndex } | undefined;
  return (now: Date, seen: Date): ExemptionIndex => {
    const { writes, latest } = tenant.exemptions.state();
    const isSettled = latest <= seen.getTime();
    const isSame = last?.writes === writes && last.from <= now.getTime() && now.getTime() < last.index.nextEnd;
    if (last !== undefined && isSettled && isSame) return last.index;
    const index = indexExemptions(tenant.exemptions.allAsOf(seen), now);
    last = isSettled ? { writes, from: now.getTime(), index } : undefined;
    return index;
  };
};

/**
 * Defender's view of the tenant, computed on demand. An assessment is exempt while every assignment in force that includes its policy
 * definition is exempted there, `effectDelay` after the writes; otherwise it shows the underlying health.
 */
export const createAssessments = (tenant: Tenant): Assessments => {
  const standings = remembered<Standing>();
  const assessed = remembered<Assessment>();
  const states = remembered<PolicyState>();
  const indexAt = rememberedIndex(tenant);
  const view = (): AssessmentView => {
    const now = tenant.now();
    const exemptions = indexAt(now, new Date(now.getTime() - durationInMs(tenant.settings.effectDelay)));
    const policy = digest(JSON.stringify([tenant.policyAssignments, tenant.resources.length, tenant.remedied]));
    const byDefender = tenant.standardAssignments.filter(
      ({ properties: { expiresOn } }) => expiresOn === undefined || Date.parse(expiresOn) > now.getTime(),
    );
    const signature = digest(JSON.stringify([exemptions.signature, byDefender, policy]));
    const byKey = Map.groupBy(
      byDefender,
      ({ properties: { exemptionData } }) => exemptionData?.assignedAssessment.assessmentKey ?? '',
    );
    const standingsOf = (subscriptionId: string): readonly Standing[] => {
      const subscription = tenant.subscriptions.find((one) => one.subscriptionId === subscriptionId);
      if (subscription === undefined) return [];
      return standings(subscriptionId, policy, () => standingsIn(tenant, subscription));
    };
    return {
      of: (subscriptionId) =>
        assessed(subscriptionId, signature, () =>
          standingsOf(subscriptionId).map((one) =>
            assess(one, releaseOf(one, exemptions, byKey, now), tenant.createdAt),
          ),
        ),
      statesOf: (subscriptionId) =>
        states(subscriptionId, signature, () => policyStatesOf(standingsOf(subscriptionId), exemptions)),
    };
  };
  return {
    view,
    of: (subscriptionId) => view().of(subscriptionId),
    all: () => {
      const { of } = view();
      return tenant.subscriptions.flatMap(({ subscriptionId }) => of(subscriptionId));
    },
  };
};
