import { everywhere, someSubscription, type Read } from './subject.ts';

/** What is read for lists and reports alone. */
export const readsForLists: readonly Read[] = [
  {
    title: 'the assessed resources of a subscription',
    run: async (subject) => {
      const found = await subject.azure.mirrorSource.read('resources', await someSubscription(subject));
      return `${found.length} resources`;
    },
  },
  {
    title: 'who may approve',
    run: async ({ azure: { mirrorSource } }) => {
      const roles = await mirrorSource.read('approver-roles', '');
      const own = await mirrorSource.read('approver-people', '');
      return `${roles.length} roles, ${own.length} who have one of their own`;
    },
  },
  {
    title: 'the members of a group that may approve',
    run: async ({ azure: { mirrorSource } }) => {
      const [group] = await mirrorSource.slices('approver-groups');
      if (group === undefined) return 'no group';
      const [row] = await mirrorSource.read('approver-groups', group);
      return row?.key === 'hidden' ? 'Microsoft Graph does not tell' : 'told';
    },
  },
  {
    title: 'recommendations in other clouds',
    run: async (subject) => {
      const found = await subject.azure.recommendations.inOtherClouds(await everywhere(subject));
      return `${found.length} recommendations`;
    },
  },
  {
    title: 'the clouds whose resources are left out',
    run: async (subject) => {
      const clouds = await subject.azure.recommendations.cloudsLeftOut(await everywhere(subject));
      return clouds.length === 0 ? 'none' : clouds.join(', ');
    },
  },
  {
    title: 'the secure score',
    run: async (subject) => {
      const scores = await subject.azure.secureScores.scores((await everywhere(subject)).subscriptions);
      const controls = scores.flatMap((score) => score.controls);
      const withKeys = controls.filter(({ recommendationKeys }) => recommendationKeys.length > 0);
      return `${scores.length} scores, ${controls.length} controls, ${withKeys.length} of them with recommendations`;
    },
  },
  {
    title: 'unhealthy resources by recommendation and subscription',
    run: async (subject) => {
      const counts = await subject.azure.secureScores.openCounts((await everywhere(subject)).subscriptions);
      return `${counts.reduce((sum, { unhealthy }) => sum + unhealthy.size, 0)} counts`;
    },
  },
];
