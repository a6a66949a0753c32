import type { Surroundings } from '../../simulator/start.ts';

/** What one person does, and how many calls to Azure may come of it. */
export type Turn = {
  readonly name: string;
  readonly mostInRow: number;
  readonly most: number;
  readonly act: (around: Surroundings) => Promise<unknown>;
};

const storage = 'Secure transfer to storage accounts should be enabled';
const inputs = {
  scope: 'resources',
  name: 'Legacy uploader',
  category: 'Waiver',
  expiry: '30',
  justification: 'The old uploader cannot speak TLS until it is replaced in spring.',
};

const lastCard = ({ teams }: Surroundings, person: string) => {
  const found = teams.messages(person).findLast(({ from, cards }) => from === 'bot' && cards.length > 0);
  if (found === undefined) throw new Error(`${person} has no card.`);
  return found;
};

const press =
  (person: string, title: string, given: Record<string, string> = {}) =>
  (around: Surroundings) =>
    around.teams.press(person, lastCard(around, person).id, title, given);

const say = (person: string, text: string) => (around: Surroundings) => around.teams.say(person, 'personal', text);

/** The reference of the newest request of Alice, as her card names it. */
const about =
  (person: string, word: string, rest = '') =>
  (around: Surroundings) => {
    const texts = around.teams.messages('alice').map(({ visibleText }) => visibleText);
    const reference = texts.findLast((text) => /EX-\w{6}/.test(text))?.match(/EX-\w{6}/)?.[0] ?? '';
    return around.teams.say(person, 'personal', `${word} ${reference}${rest}`);
  };

/** The token of Alice's storage account in the open form. */
const preview = async (around: Surroundings): Promise<unknown> => {
  const form = lastCard(around, 'alice').id;
  const card = JSON.stringify(around.teams.cardFor('alice', form));
  const [, token = ''] = /"title":"[^"]*stshopprod[^"]*","value":"([0-9a-f]{24})"/.exec(card) ?? [];
  return around.teams.press('alice', form, 'Preview', { ...inputs, resources: token });
};

/** A day of a requester and an approver, in order. */
export const turnsOf = (isContoso: boolean): readonly Turn[] => {
  const approver = isContoso ? 'bob' : 'sara';
  const list = { mostInRow: 2, most: 4 };
  return [
    { name: 'recommendations', ...list, act: say('alice', 'recommendations') },
    { name: 'score', ...list, act: say('alice', 'score') },
    { name: 'requests', mostInRow: 1, most: 1, act: say('alice', 'requests') },
    { name: 'exemptions', ...list, act: say('alice', 'exemptions') },
    { name: 'report', ...list, act: say('alice', 'report') },
    { name: 'recommendations of all', ...list, act: say(approver, 'recommendations') },
    { name: 'exemptions of all', ...list, act: say(approver, 'exemptions') },
    { name: 'the form by words', ...list, act: say('alice', `exempt stshopprod from ${storage}`) },
    { name: 'recommendation by title', ...list, act: say('alice', `recommendation ${storage}`) },
    { name: 'the form', mostInRow: 2, most: 3, act: press('alice', 'Open as a message') },
    // The bot learns here what its own role is.
    { name: 'the first preview', mostInRow: 3, most: 14, act: preview },
    { name: 'back to the form', mostInRow: 2, most: 4, act: press('alice', 'Change') },
    { name: 'preview', mostInRow: 2, most: 14, act: preview },
    { name: 'Send', mostInRow: 1, most: 18, act: press('alice', 'Send') },
    { name: 'request', mostInRow: 2, most: 6, act: about(approver, 'request') },
    { name: 'why', mostInRow: 2, most: 16, act: about(approver, 'why') },
    { name: 'approve', mostInRow: 2, most: 7, act: about(approver, 'approve') },
    { name: 'the form of a renewal', mostInRow: 2, most: 4, act: about('alice', 'renew') },
    { name: 'revoke', mostInRow: 2, most: 6, act: about(approver, 'revoke', ' "the uploader is gone"') },
  ];
};
