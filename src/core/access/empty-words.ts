import { firstFew } from '../first-few.ts';
import { cloudWords } from '../tenant/cloud-recommendation.ts';
import { exemptingRoles, othersCan } from './others-can.ts';
import type { ListName, WhyEmpty } from './why-empty.ts';

/** What the sentences about one list are made of. */
type Words = {
  /** What is counted, for one and for several. */
  readonly things: readonly [string, string];
  /** What a role must allow. */
  readonly right: string;
  /** Built-in roles that allow it. */
  readonly roles: string;
  /** The command that shows everything. */
  readonly command: string;
  /** There really is nothing. */
  readonly nothing: string;
};

const readers = 'Security Reader or Reader';

const words: Readonly<Record<ListName, Words>> = {
  recommendations: {
    things: ['open recommendation', 'open recommendations'],
    right: 'read recommendations',
    roles: readers,
    command: 'recommendations',
    nothing: 'No recommendation is open there: everything that Defender for Cloud assessed is healthy or exempt.',
  },
  'recommendations with exemptions': {
    things: ['recommendation with exemptions', 'recommendations with exemptions'],
    right: 'read recommendations',
    roles: readers,
    command: 'recommendations exempt',
    nothing: 'No resource there is exempt from a recommendation. To see what is open, send: recommendations',
  },
  exemptions: {
    things: ['exemption', 'exemptions'],
    right: 'read exemptions',
    roles: readers,
    command: 'exemptions',
    nothing: 'There is no exemption from a Defender recommendation there. To request one, send: recommendations',
  },
  'my requests': {
    things: ['request of yours', 'requests of yours'],
    right: 'request an exemption',
    roles: readers,
    command: 'requests mine',
    nothing: 'You have not requested an exemption yet. To request one, send: recommendations',
  },
  'requests to decide': {
    things: ['request to decide', 'requests to decide'],
    right: 'decide requests',
    roles: exemptingRoles,
    command: 'requests to decide',
    nothing: 'No request waits for a decision that your roles allow. To see the others, send: requests all',
  },
  'all requests': {
    things: ['request', 'requests'],
    right: 'read recommendations',
    roles: readers,
    command: 'requests all',
    nothing: 'Nobody has requested an exemption there yet. To request one, send: recommendations',
  },
  report: {
    things: ['exemption or request', 'exemptions and requests'],
    right: 'read exemptions',
    roles: readers,
    command: 'report',
    nothing: 'There is no exemption and no request to count there. To see what is open, send: recommendations',
  },
  score: {
    things: ['secure score', 'secure scores'],
    right: 'read the secure score of a whole subscription',
    roles: readers,
    command: 'score',
    nothing:
      'Azure shows no secure score there. It needs Defender for Cloud with the Microsoft cloud security benchmark; a new subscription gets its score within a day.',
  },
  cleanup: {
    things: ['expired or orphaned exemption', 'expired and orphaned exemptions'],
    right: 'delete exemptions',
    roles: exemptingRoles,
    command: 'cleanup',
    nothing:
      'No exemption that you can read has expired or lost its policy assignment. To see them all, send: exemptions',
  },
  subscriptions: {
    things: ['subscription here', 'subscriptions here'],
    right: 'read exemptions',
    roles: readers,
    command: 'subscriptions',
    nothing: 'Nothing is subscribed here. To add something, send: subscribe <scope>',
  },
};

const counted = (count: number, [one, several]: Words['things']): string =>
  count === 1 ? `the one ${one}` : `all ${count.toLocaleString('en')} ${several}`;

/** Why a list shows nothing and what to do next, in a sentence or two. */
export const emptyWords = (list: ListName, why: WhyEmpty): string => {
  const { things, right, roles, command, nothing } = words[list];
  switch (why.kind) {
    case 'no-role':
      return `None of your Azure roles lets you ${right}, so nothing can be shown here. ${why.eligible === 'unknown' ? 'If you have a role that is only eligible, activate it in Privileged Identity Management. Otherwise ask' : 'Ask'} whoever manages access in Azure for a role such as ${roles}.`;
    case 'eligible-only':
      return `Your role ${firstFew(why.roles, 3)} would let you ${right}, but it is only eligible. Activate it in Privileged Identity Management, wait up to 5 minutes, then send: ${command}`;
    case 'role-too-narrow':
      return `Your Azure roles reach only a part of a subscription, and you need one on the whole to ${right}. Ask whoever manages access in Azure for a role such as ${roles} there.`;
    case 'not-yours':
      return othersCan(why);
    case 'not-assessed':
      return `Defender for Cloud assesses nothing in ${firstFew(why.subscriptions, 5)}, so this is no all-clear. Foundational CSPM may be off there, or the subscription is new. Ask its owner.`;
    case 'other-clouds':
      return `${why.count === 1 ? 'One recommendation' : `${why.count.toLocaleString('en')} recommendations`} of that name ${why.count === 1 ? 'is' : 'are'} about resources in ${cloudWords(why.clouds)}, which no exemption of Azure Policy reaches and Exemption Desk does not list. In the Azure portal use Environment settings > Exemptions.`;
    case 'filtered-out':
      return `What you asked for hides ${counted(why.without, things)} that you can see. To see everything, send: ${command}`;
    case 'could-not-read':
      return `${why.because} Until then it is not known whether there are any ${things[1]}. To see whether Azure answers, send: status`;
    case 'nothing-there':
      return nothing;
  }
};
