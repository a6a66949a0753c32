import {
  couldActivate,
  denialOf,
  mayDo,
  readAssessments,
  writeExemptions,
  type AccessSource,
} from '../../src/core/access/access.ts';
import type { OwnAccess } from '../../src/core/access/own-access.ts';
import type { Person } from '../../src/core/person.ts';
import { covers, everything, type HierarchySource } from '../../src/core/tenant/hierarchy.ts';
import { queryScopes } from '../../src/core/tenant/scope-sets.ts';
import type { PolicySource } from '../../src/core/tenant/policy.ts';
import type { RecommendationSource } from '../../src/core/tenant/recommendation.ts';

/** What reads Azure, with what is to be found there. */
export type SourcesUnderTest = AccessSource &
  HierarchySource & {
    readonly policies: PolicySource;
    readonly recommendations: RecommendationSource;
    readonly ownAccess: OwnAccess;
    /** May read a machine there, and nothing in the other subscription. */
    readonly reader: Person;
    /** May write exemptions on everything. */
    readonly admin: Person;
    /** Could do so after activating a role. */
    readonly eligible: Person;
    readonly nobody: Person;
    /** Is known for no group. */
    readonly groupOf: { readonly person: Person; readonly id: string };
    readonly machine: string;
    readonly otherSubscription: string;
    /** A deny assignment forbids everybody to write there. */
    readonly deniedScope: string;
    /** Open on the machine; a policy assignment that holds it, and its initiative. */
    readonly recommendationKey: string;
    readonly assignmentId: string;
    readonly initiativeId: string;
    readonly hideGroups: () => void;
    /** Gives the bot a lock above the machine. */
    readonly lock: () => void;
  };

/** What every source of Azure promises. */
export const describeAzureSources = (name: string, make: () => Promise<SourcesUnderTest>): void => {
  describe(`what ${name} tells`, () => {
    let under: SourcesUnderTest;
    beforeEach(async () => {
      under = await make();
    });

    it('gives a reader what they may read, and nobody anything', async () => {
      const hierarchy = await under.hierarchy();
      const [reader, nobody] = [await under.forReading(under.reader), await under.forReading(under.nobody)];
      expect(mayDo(reader, readAssessments, under.machine, hierarchy)).toBe(true);
      expect(mayDo(reader, writeExemptions, under.machine, hierarchy)).toBe(false);
      expect(mayDo(reader, readAssessments, under.otherSubscription, hierarchy)).toBe(false);
      expect(nobody.grants).toEqual([]);
    });

    it('decides by the roles at and above the scopes', async () => {
      const hierarchy = await under.hierarchy();
      const access = await under.forDecision(under.admin, [under.machine]);
      expect(mayDo(access, writeExemptions, under.machine, hierarchy)).toBe(true);
      expect((await under.forDecision(under.nobody, [under.machine])).grants).toEqual([]);
      expect(access.grants.every(({ scope }) => covers(scope, under.machine, hierarchy))).toBe(true);
    });

    it('tells a deny assignment', async () => {
      const hierarchy = await under.hierarchy();
      const access = await under.forDecision(under.admin, [under.deniedScope]);
      expect(denialOf(access, writeExemptions, under.deniedScope, hierarchy)).toBeDefined();
    });

    it('tells what somebody could activate, apart from what they may', async () => {
      const hierarchy = await under.hierarchy();
      const access = await under.forDecision(under.eligible, [under.machine]);
      expect(mayDo(access, writeExemptions, under.machine, hierarchy)).toBe(false);
      expect(couldActivate(access, writeExemptions, under.machine, hierarchy)).toBe(true);
    });

    it('tells groups, or that it may not', async () => {
      expect(await under.groupsForDecision(under.groupOf.person)).toContain(under.groupOf.id);
      under.hideGroups();
      expect(await under.groupsForDecision(under.groupOf.person)).toBeUndefined();
    });

    it('finds assessments inside the asked places only, ordered, and not under what is hidden', async () => {
      const where = queryScopes([everything], await under.hierarchy());
      const { recommendations, recommendationKey: key, machine } = under;
      const all = await recommendations.assessments(key, where);
      const ids = all.map(({ resourceId }) => resourceId.toLowerCase());
      expect(ids).toContain(machine.toLowerCase());
      expect(ids).toEqual(ids.toSorted());
      const one = await recommendations.assessments(key, { subscriptions: [], narrower: [machine.toLowerCase()] });
      expect(one.map(({ resourceId }) => resourceId.toLowerCase())).toEqual([machine.toLowerCase()]);
      const without = await recommendations.assessments(key, { ...where, hidden: [machine.toLowerCase()] });
      expect(without).toHaveLength(all.length - 1);
      expect(
        await recommendations.assessmentsOfAll([
          { key, where },
          { key, where: { subscriptions: [], narrower: [machine.toLowerCase()] } },
        ]),
      ).toEqual([all, one]);
      expect(await recommendations.assessments(key, { subscriptions: [], narrower: [] })).toEqual([]);
    });

    it('knows a recommendation where it lies, and counts it', async () => {
      const where = queryScopes([everything], await under.hierarchy());
      const { recommendations, recommendationKey: key } = under;
      const found = await recommendations.recommendation(key, where);
      expect(found).toMatchObject({ key });
      expect(found?.policyDefinitionId).toBeDefined();
      expect(await recommendations.recommendation(key, { subscriptions: [], narrower: [] })).toBeUndefined();
      const text = found?.title ?? '';
      const { rows } = await recommendations.standings(where, { having: 'open', text, closestFirst: true });
      expect(rows.find((each) => each.key === key)?.unhealthy).toBeGreaterThan(0);
      expect((await recommendations.catalogue()).map((each) => each.key)).toContain(key);
    });

    it('gives a part of the assessments of a status, counts them all, and knows where they are', async () => {
      const where = queryScopes([everything], await under.hierarchy());
      const { recommendations, recommendationKey: key, machine } = under;
      const all = await recommendations.assessments(key, where);
      const ids = all.filter(({ status }) => status === 'unhealthy').map(({ resourceId }) => resourceId);
      const question = { key, where, status: 'unhealthy' } as const;
      const { rows, found } = await recommendations.ofStatus(question, { skip: 1, most: 1 });
      expect([rows.map(({ resourceId }) => resourceId), found]).toEqual([ids.slice(1, 2), ids.length]);
      const overview = await recommendations.overview({ key, where });
      expect(overview?.recommendation).toEqual(await recommendations.recommendation(key, where));
      const { unhealthy, exempt, healthy, notApplicable, subscriptions } = overview!.counts;
      expect(unhealthy).toBe(ids.length);
      expect(unhealthy + exempt + healthy + notApplicable).toBe(all.length);
      const around = all.map(({ resourceId }) => resourceId.split('/').slice(0, 3).join('/').toLowerCase());
      expect(subscriptions.map((each) => each.toLowerCase()).toSorted()).toEqual([...new Set(around)].toSorted());
      const group = machine.split('/providers/')[0]!;
      expect(await recommendations.scopesWith({ key, where }, [machine, `${group}-none`])).toEqual([
        machine.toLowerCase(),
      ]);
      const nothing = { types: [], group: '', words: ['no-such-name'] };
      const none = await recommendations.overview({ key, where, resources: nothing });
      expect(none?.recommendation).toEqual(overview?.recommendation);
      expect(none?.counts).toMatchObject({ unhealthy: 0, exempt: 0, healthy: 0, notApplicable: 0, subscriptions: [] });
    });

    it('finds assignments around a scope, and their initiatives', async () => {
      const { policies, machine, assignmentId, initiativeId, otherSubscription } = under;
      const ids = (await policies.assignments(machine)).map(({ id }) => id.toLowerCase());
      expect(ids).toContain(assignmentId.toLowerCase());
      expect((await policies.assignments(otherSubscription)).length).toBeGreaterThan(0);
      expect((await policies.initiative(initiativeId))?.references.length).toBeGreaterThan(0);
      expect(await policies.initiative(`${initiativeId}-gone`)).toBeUndefined();
      expect(await policies.assignmentExists(assignmentId)).toBe(true);
      expect(await policies.assignmentExists(`${assignmentId}-gone`)).toBe(false);
      await expect(policies.assignmentExists(machine)).rejects.toMatchObject({ code: 'invalid' });
    });

    it('tells what binds the bot itself', async () => {
      const { ownAccess, machine } = under;
      const write = { action: writeExemptions, scope: machine };
      expect(await ownAccess.mayWrite([write], await under.hierarchy())).toEqual(['held']);
      expect(await ownAccess.rightsAt(machine, [writeExemptions])).toEqual(['held']);
      expect(await ownAccess.locks(machine)).toEqual([]);
      under.lock();
      expect(await ownAccess.locks(machine)).toMatchObject([{ level: 'ReadOnly' }]);
      expect(await ownAccess.denials(machine)).toEqual([]);
    });
  });
};
