import { exemptFromAssignment, mayDo, writeExemptions } from '../../src/core/access/access.ts';
import { everything } from '../../src/core/tenant/hierarchy.ts';
import { isInitiative } from '../../src/core/tenant/policy.ts';
import { answerOf, swallowed } from './last-answer.ts';
import {
  allAssignments,
  allExemptions,
  everywhere,
  firstOf,
  hierarchyOf,
  initiativeIds,
  leading,
  someRecommendation,
  someSubscription,
  type Read,
} from './subject.ts';
import { readsForLists } from './reads-for-lists.ts';
import { readsForSweeps } from './reads-for-sweeps.ts';

/** Every read of the product. A new one is a line here, and a row in docs/azure.md. */
export const reads: readonly Read[] = [
  {
    title: 'management groups and subscriptions',
    run: async ({ azure }) => {
      const { managementGroups, subscriptions } = await azure.hierarchy();
      return `${managementGroups.length} management groups, ${subscriptions.length} subscriptions`;
    },
  },
  {
    title: 'recommendations with their counts',
    run: async (subject) =>
      `${(await subject.azure.recommendations.standings(await everywhere(subject), { having: 'either' })).found} recommendations`,
  },
  {
    title: 'recommendations of one resource type',
    run: async (subject) => {
      const resources = { types: ['microsoft.compute/virtualmachines'], group: '', words: [] };
      const wanted = { having: 'either', resources } as const;
      const { found } = await subject.azure.recommendations.standings(await everywhere(subject), wanted);
      return `${found} for virtual machines`;
    },
  },
  {
    title: 'one recommendation',
    run: async (subject) => {
      const { key } = await someRecommendation(subject);
      const found = await subject.azure.recommendations.recommendation(key, await everywhere(subject));
      return found === undefined ? 'none' : `with description: ${found.description === '' ? 'no' : 'yes'}`;
    },
  },
  {
    title: 'the resources of one recommendation',
    run: async (subject) => {
      const { key } = await someRecommendation(subject);
      const found = await subject.azure.recommendations.assessments(key, await everywhere(subject));
      return `${found.length} assessments`;
    },
  },
  {
    title: 'one recommendation, a page of it and its counts',
    run: async (subject) => {
      const { recommendations } = subject.azure;
      const question = { key: (await someRecommendation(subject)).key, where: await everywhere(subject) };
      const { found, rows } = await recommendations.ofStatus(
        { ...question, status: 'unhealthy' },
        { skip: 0, most: 10 },
      );
      const counts = (await recommendations.overview(question))?.counts;
      const inside = await recommendations.scopesWith(question, [rows[0]?.resourceId ?? '']);
      return `${found} unhealthy, counted ${counts?.unhealthy ?? 0} in ${counts?.subscriptions.length ?? 0} subscriptions; ${inside.length} of 1 resource`;
    },
  },
  {
    title: 'every recommendation known',
    run: async ({ azure }) => {
      const catalogue = await azure.recommendations.catalogue();
      const withPolicy = catalogue.filter(({ policyDefinitionId }) => policyDefinitionId !== undefined);
      return `${catalogue.length} recommendations, ${withPolicy.length} with a policy definition`;
    },
  },
  {
    title: 'policy assignments everywhere',
    run: async ({ azure }) => `${(await azure.policies.assignments(everything)).length} assignments`,
  },
  {
    title: 'policy assignments of a subscription',
    run: async (subject) => {
      const found = await subject.azure.policies.assignments(await someSubscription(subject));
      return `${found.length} assignments`;
    },
  },
  {
    title: 'one policy assignment',
    run: async ({ azure }) => {
      const { id } = firstOf(await azure.policies.assignments(everything), 'policy assignment');
      return (await azure.policies.assignmentExists(id)) ? 'there' : 'gone in the meantime';
    },
  },
  {
    title: 'initiatives',
    run: async (subject) => {
      const ids = (await initiativeIds(subject)).slice(0, 10);
      firstOf(ids, 'assigned initiative');
      const found = await Promise.all(ids.map((id) => subject.azure.policies.initiative(id)));
      const sizes = found.map((each) => each?.references.length ?? 'missing');
      return `${found.length} initiatives with ${sizes.join(', ')} policies`;
    },
  },
  {
    title: 'the versions of an initiative',
    run: async (subject) => {
      const all = (await allAssignments(subject)).filter(({ definitionId }) => isInitiative(definitionId));
      const pinned = all.find(({ definitionVersion }) => definitionVersion !== undefined);
      const { definitionId, displayName } = pinned ?? firstOf(all, 'assigned initiative');
      // The newest never has this number, so that the versions are asked for in any case.
      await subject.azure.policies.initiative(definitionId, '0.0');
      const { value = [] } = answerOf(subject, 'versions') as { readonly value?: readonly unknown[] };
      if (pinned === undefined) return `${value.length} versions; no assignment fixes one`;
      const found = await subject.azure.policies.initiative(definitionId, pinned.definitionVersion);
      return `${displayName}, ${pinned.definitionVersion ?? ''}: ${found?.references.length ?? 'no'} policies`;
    },
  },
  {
    title: 'policy exemptions at, above and below one scope',
    run: async (subject) => {
      const { scope } = firstOf(await allExemptions(subject), 'exemption');
      const near = await subject.azure.exemptions.near([scope], await subject.azure.hierarchy());
      return `${near.length} exemptions`;
    },
  },
  {
    title: 'one policy exemption',
    run: async (subject) => {
      const { id } = firstOf(await allExemptions(subject), 'exemption');
      return (await subject.azure.exemptions.read(id)) === undefined ? 'gone in the meantime' : 'there';
    },
  },
  {
    title: 'what a policy exemption hides at our API version',
    run: async (subject) => {
      const { id } = firstOf(await allExemptions(subject), 'exemption');
      const hidden = await subject.azure.exemptions.hiddenMembers(id);
      answerOf(subject, 'Microsoft.Authorization');
      return `${hidden.length} members`;
    },
  },
  {
    title: 'policy exemptions, page by page',
    run: async ({ azure }) => {
      let [pages, rows] = [0, 0];
      for await (const page of azure.everyExemption.ofPolicy()) [pages, rows] = [pages + 1, rows + page.length];
      return `${rows} exemptions on ${pages} pages`;
    },
  },
  {
    title: 'what lies underneath exemptions',
    run: async ({ azure }) => {
      const numbers = { compliant: 0, 'non-compliant': 0, untold: 0 };
      for await (const page of azure.policies.exemptStates())
        for (const { underneath } of page) numbers[underneath ?? 'untold'] += 1;
      return `${numbers.compliant} compliant, ${numbers['non-compliant']} not, ${numbers.untold} untold`;
    },
  },
  {
    title: 'exemptions made in Defender for Cloud',
    run: async ({ azure }) => {
      const found = await azure.everyExemption.ofDefender();
      const byRule = found.filter(({ recommendationKey }) => recommendationKey === undefined).length;
      return `${found.length} exemptions, ${byRule} of them by a rule`;
    },
  },
  {
    title: 'exemptions made in Defender for Cloud near one of them',
    run: async (subject) => {
      const { defenderExemptions, everyExemption } = subject.azure;
      const { scope } = firstOf(await leading(everyExemption.ofDefender()), 'exemption made in Defender');
      return `${(await defenderExemptions.above([scope], await hierarchyOf(subject))).length} exemptions`;
    },
  },
  {
    title: 'what a person may read',
    run: async ({ azure, person }) => {
      const { grants } = await azure.forReading(person());
      return `${grants.length} permissions of roles`;
    },
  },
  {
    title: 'the groups of a person',
    run: async (subject) => {
      await subject.azure.forReading(subject.person());
      return `${(answerOf(subject, 'getMemberGroups') as { value: unknown[] }).value.length} groups`;
    },
  },
  {
    title: 'the groups of a person, page by page',
    run: async ({ azure, person }) => `${(await azure.groupPages(person())).length} groups`,
  },
  {
    title: 'what a person may decide',
    run: async (subject) => {
      const scope = await someSubscription(subject);
      const access = await subject.azure.forDecision(subject.person(), [scope]);
      const may = mayDo(access, exemptFromAssignment, scope, await hierarchyOf(subject));
      const { grants, denials, eligible } = access;
      return `${grants.length} permissions, ${denials.length} denials, ${eligible.length} eligible; may exempt: ${may ? 'yes' : 'no'}`;
    },
  },
  {
    title: 'the roles that a person could activate',
    run: async (subject) => {
      const found = await subject.azure.eligibleRoles(subject.person());
      return found === undefined
        ? swallowed(subject, 'roleEligibilityScheduleInstances')
        : `${found.length} permissions`;
    },
  },
  {
    title: 'what the bot itself may do',
    run: async (subject) => {
      const right = { action: writeExemptions, scope: await someSubscription(subject) };
      const [may] = await subject.azure.ownAccess.rightsAt(right.scope, [right.action]);
      return may !== 'hidden' && may !== 'unknown' ? `write exemptions: ${may}` : swallowed(subject, 'permissions');
    },
  },
  {
    title: 'resource locks',
    run: async (subject) => {
      const locks = await subject.azure.ownAccess.locks(await someSubscription(subject));
      return locks === undefined ? swallowed(subject, 'locks') : `${locks.length} locks`;
    },
  },
  {
    title: 'the locations of resources',
    run: async (subject) => {
      const { key } = await someRecommendation(subject);
      const found = await leading(subject.azure.recommendations.assessments(key, await everywhere(subject)));
      const ids = found.map(({ resourceId }) => resourceId).slice(0, 20);
      return `of ${(await subject.azure.resources.locations(ids)).size} out of ${ids.length}`;
    },
  },
  ...readsForSweeps,
  ...readsForLists,
];
