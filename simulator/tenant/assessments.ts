import { durationInMs } from '../clock.ts';
import { indexExemptions } from './exemptions-in-force.ts';
import type { ExemptionIndex } from './exemptions-in-force.ts';
import type { PolicyExemption } from './policy-exemption.ts';
import { createListVersion } from '../list-versions.ts';
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
  readonly recommendation: Recommendation;
  readonly resource: AssessedResource;
  readonly status: AssessmentStatus;
  /** Only while exempt: a mitigated one still counts as healthy in the secure score. */
  readonly mitigated: boolean;
};
/** The tenant as Defender sees it at one moment. */
type AssessmentView = {
  /** The same list while nothing has changed there. */
  readonly of: (subscriptionId: string) => readonly Assessment[];
  readonly statesOf: (subscriptionId: string) => Iterable<PolicyState>;
  /** Equal for equal views. */
  readonly signature: string;
};
/** They are made when somebody asks, subscription by subscription, and kept until something changes there. */
export type Assessments = {
  readonly view: () => AssessmentView;
  readonly of: (subscriptionId: string) => readonly Assessment[];
  readonly all: () => readonly Assessment[];
};

const dayInMs = 86_400_000;

/** The reasons why an assessment is exempt: an exemption for every assignment that includes its policy, or one made in Defender. */
type Release = { readonly categories: readonly string[]; readonly at: readonly string[] };

const releaseOf = (
  { recommendation, resource, holders }: Standing,
  exemptions: ExemptionIndex,
  byDefender: ReadonlyMap<string, readonly StandardAssignment[]>,
  now: Date,
): Release | undefined => {
  const ofKey = byDefender.get(recommendation.assessmentKey) ?? [];
  const standard = defenderExemptionsOn(ofKey, recommendation, resource.chain, now);
  if (standard.length > 0)
    return {
      categories: standard.map(({ properties }) => properties.exemptionData?.exemptionCategory ?? ''),
      at: standard.map(({ systemData }) => systemData.lastModifiedAt),
    };
  const covering: PolicyExemption[] = [];
  for (const holder of holders) {
    const found = holder.disabled ? undefined : exemptions.covering(holder, resource);
    if (found?.length === 0) return undefined;
    covering.push(...(found ?? []));
  }
  if (covering.length === 0) return undefined;
  return {
    categories: covering.map(({ properties }) => properties.exemptionCategory),
    at: covering.map(({ systemData }) => systemData.lastModifiedAt),
  };
};

const offByPolicy = {
  code: 'NotApplicable',
  cause: 'OffByPolicy',
  description: 'The recommendation is disabled in policy',
} as const;
const exempt = { code: 'NotApplicable', cause: 'Exempt', description: 'Exempt' } as const;

/** Assessments are many and their statuses few, so equal ones are one object. */
const createAssess = (createdAt: Date) => {
  const long = new Date(createdAt.getTime() - 200 * dayInMs).toISOString();
  const since = (status: Pick<AssessmentStatus, 'code' | 'cause' | 'description'>, statusChangeDate = long) => ({
    ...status,
    firstEvaluationDate: long,
    statusChangeDate,
  });
  const always = {
    off: since(offByPolicy),
    healthy: since({ code: 'Healthy' }),
    unhealthy: since({ code: 'Unhealthy' }),
  };
  const exemptSince = new Map<string | undefined, AssessmentStatus>();
  const released = (date: string | undefined): AssessmentStatus => {
    const status = exemptSince.get(date) ?? since(exempt, date);
    exemptSince.set(date, status);
    return status;
  };
  return ({ recommendation, resource, holders, unhealthy }: Standing, release: Release | undefined): Assessment => {
    const mitigated = release?.categories.every((category) => category.toLowerCase() === 'mitigated') ?? false;
    const isOff = holders.length > 0 && holders.every(({ disabled }) => disabled);
    const open = unhealthy ? always.unhealthy : always.healthy;
    const status = release === undefined ? open : released(release.at.toSorted().at(-1));
    return { recommendation, resource, status: isOff ? always.off : status, mitigated };
  };
};

/** Remembers for each subscription the last list that was made for the same signature. */
const remembered = <T>() => {
  const known = new Map<string, { readonly signature: string; readonly list: readonly T[] }>();
  return (subscriptionId: string, signature: string, make: () => readonly T[]): readonly T[] => {
    const before = known.get(subscriptionId);
    const list = before?.signature === signature ? before.list : make();
    known.set(subscriptionId, { signature, list });
    return list;
  };
};

/** The index of the exemptions in force, made anew when one more is seen or ended; `name` is equal for equal ones. */
const rememberedIndex = (tenant: Tenant) => {
  let last: { readonly name: string; readonly from: number; readonly index: ExemptionIndex } | undefined;
  return (now: Date, seen: Date): { readonly name: string; readonly index: ExemptionIndex } => {
    const { writes, later } = tenant.exemptions.stateAsOf(seen);
    const state = `${writes} ${later}`;
    const isSame = last?.name.startsWith(`${state} `) === true && last.from <= now.getTime();
    if (last !== undefined && isSame && now.getTime() < last.index.nextEnd) return last;
    const index = indexExemptions(tenant.exemptions.allAsOf(seen), now);
    last = { name: `${state} ${index.nextEnd}`, from: now.getTime(), index };
    return last;
  };
};

/**
 * Defender's view of the tenant, computed on demand. An assessment is exempt while every assignment in force that includes its policy
 * definition is exempted there, `effectDelay` after the writes; otherwise it shows the underlying health.
 */
export const createAssessments = (tenant: Tenant): Assessments => {
  const standings = remembered<Standing>();
  const assessed = remembered<Assessment>();
  const indexAt = rememberedIndex(tenant);
  const assess = createAssess(tenant.createdAt);
  const versionOfPolicy = createListVersion(() => [tenant.policyAssignments, tenant.remedied]);
  const versionOfDefender = createListVersion(() => [tenant.standardAssignments]);
  const view = (): AssessmentView => {
    const now = tenant.now();
    const { name, index } = indexAt(now, new Date(now.getTime() - durationInMs(tenant.settings.effectDelay)));
    const policy = [versionOfPolicy(), tenant.resources.length, tenant.goneResources.length].join(' ');
    const byDefender = tenant.standardAssignments.filter(
      ({ properties: { expiresOn } }) => expiresOn === undefined || Date.parse(expiresOn) > now.getTime(),
    );
    // Those that have not ended are the same ones as long as their number is, since time passes for all of them.
    const outside = [versionOfDefender(), byDefender.length, policy].join(' ');
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
        assessed(subscriptionId, `${outside} ${index.signatureOf(subscriptionId)}`, () =>
          standingsOf(subscriptionId).map((one) => assess(one, releaseOf(one, index, byKey, now))),
        ),
      statesOf: (subscriptionId) => policyStatesOf(standingsOf(subscriptionId), index),
      signature: `${name} ${outside}`,
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
