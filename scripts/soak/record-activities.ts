import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { World } from '../../simulator/start.ts';
import { askForRequests } from './ask-for-requests.ts';

const channelName = 'teams-simulator.activity';

/**
 * Lets people of Contoso do typical things and returns the activities that Teams sent for them. In the end everything is decided, so that
 * repeating them changes nothing.
 */
export const recordActivities = async (world: World): Promise<readonly object[]> => {
  const { teams } = world;
  const recorded: object[] = [];
  const record = (activity: unknown): void => void recorded.push(structuredClone(activity) as object);
  const latestOf = (chat: string): string =>
    teams.messages(chat).findLast(({ from, cards }) => from === 'bot' && cards.length > 0)?.id ?? '';

  await teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
  await teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  await world.app().tick();
  subscribe(channelName, record);
  try {
    await askForRequests(world, 1);
    await world.app().idle();
    const approval = latestOf('#approvals');
    const [approve = ''] = teams.buttons('bob', approval).filter((title) => title.startsWith('Approve '));
    await teams.press('bob', approval, approve, { comment: 'fine' });
    await world.app().idle();
    await teams.refresh('carol', approval);
    await teams.install('alice');
    for (const line of ['help', 'recommendations storage', 'requests all', 'exemptions', 'score', 'status', 'nonsense'])
      await teams.say('alice', 'personal', line);
    await teams.submit('alice', latestOf('alice'), { verb: 'say', command: 'help' });
    await teams.say('bob', '#security-alerts', '@Exemption Desk recommendations high');
    await teams.say('carol', 'personal', 'report');
    await teams.press('carol', latestOf('carol'), 'Get CSV file', {});
    const offer = teams
      .messages('carol')
      .findLast(({ attachments }) => attachments.some(({ contentType }) => contentType.endsWith('file.consent')));
    await teams.answerFileOffer('carol', offer?.id ?? '', 'decline');
    await teams.execute('carol', latestOf('carol'), { verb: 'show-status', data: {} });
    await world.app().tick();
    return recorded;
  } finally {
    unsubscribe(channelName, record);
  }
};
