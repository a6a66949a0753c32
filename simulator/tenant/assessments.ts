import { durationInMs } from '../clock.ts';
import { indexExemptions } from './exemptions-in-force.ts';
import type { ExemptionIndex } from './exemptions-in-force.ts';
import { policyStatesOf } from './policy-states.ts';
import type { PolicyState } from './policy-states.ts';
import { defenderExemptionsOn } from './standard-assignments.ts';
import { standingsOf } from './standings.ts';
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
  readonly status: AssessmentStatus;
  /** Only while exempt: a mitigated one still counts as healthy in the secure score. */
  readonly mitigated: boolean;
};
export type Assessments = {
  readonly all: () => readonly Assessment[];
  readonly policyStates: () => readonly PolicyState[];
};

const dayInMs = 86_400_000;

/** The reasons why an assessment is exempt: an exemption for every assignment that includes its policy, or one made in Defender. */
type Release = { readonly categories: readonly string[]; readonly at: readonly string[] };

const releaseOf = (
  { recommendation, resource, chain, holders }: Standing,
  exemptions: ExemptionIndex,
  byDefender: readonly StandardAssignment[],
  now: Date,
): Release | undefined => {
  const standard = defenderExemptionsOn(byDefender, recommendation, chain, now);
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
  const { id, recommendation, resource, holders, unhealthy } = standing;
  const long = new Date(createdAt.getTime() - 200 * dayInMs).toISOString();
  const assessed = (status: Omit<AssessmentStatus, 'firstEvaluationDate' | 'statusChangeDate'>, since = long) => ({
    id,
    recommendation,
    resource,
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

/** Caches the last answer as long as its signature stays the same. */
const remembered = <T>() => {
  let last: { readonly signature: string; readonly value: T } | undefined;
  return (signature: string, make: () => T): T => {
    if (last?.signature !== signature) last = { signature, value: make() };
    return last.value;
  };
};

/**
 * Defender's view of the tenant, computed on demand. An assessment is exempt while every assignment in force that includes its policy
 * definition is exempted there, `effectDelay` after the writes; otherwise it shows the underlying health.
 */
export const createAssessments = (tenant: Tenant): Assessments => {
  const standings = remembered<readonly Standing[]>();
  const assessed = remembered<readonly Assessment[]>();
  const states = remembered<readonly PolicyState[]>();
  const look = () => {
    const now = tenant.now();
    const seen = new Date(now.getTime() - durationInMs(tenant.settings.effectDelay));
    const policy = JSON.stringify([tenant.policyAssignments, tenant.resources.length, tenant.remedied]);
    const exemptions = indexExemptions(tenant.exemptions.allAsOf(seen), now);
    const byDefender = tenant.standardAssignments.filter(
      ({ properties: { expiresOn } }) => expiresOn === undefined || Date.parse(expiresOn) > now.getTime(),
    );
    const signature = JSON.stringify([exemptions.signature, byDefender, policy]);
    return { now, exemptions, byDefender, signature, standings: standings(policy, () => standingsOf(tenant)) };
  };
  return {
    all: () => {
      const { now, exemptions, byDefender, ...seen } = look();
      return assessed(seen.signature, () =>
        seen.standings.map((one) => assess(one, releaseOf(one, exemptions, byDefender, now), tenant.createdAt)),
      );
    },
    policyStates: () => {
      const { exemptions, ...seen } = look();
      return states(seen.signature, () => policyStatesOf(seen.standings, exemptions));
    },
  };
};
