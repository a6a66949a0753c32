import { setTimeout as pause } from 'node:timers/promises';
import { startWorld, type World } from '../../simulator/start.ts';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';
import { askForRequests } from '../soak/ask-for-requests.ts';

/** What one person presses at once, before and while another approves; below the limit of connections from one address (250), which all of this comes from. */
const flood = 200;
const approvals = 8;
const promisedMs = 2000;
const patienceMs = 20_000;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

type Waiting = { readonly reference: string; readonly card: string };

/** The pending requests, each with the card that Bob can press in the channel. */
const cardsToApprove = async (world: World): Promise<Waiting[]> => {
  const pending = await world.app().desk.database.requests.list({ statuses: ['pending'] });
  const cards = world.teams.messages('#approvals').filter((message) => message.cards.length > 0);
  return pending.flatMap(({ reference }) => {
    const card = cards.findLast((message) => JSON.stringify(message.cards).includes(reference));
    return card === undefined ? [] : [{ reference, card: card.id }];
  });
};

/** Alice presses again and again in one place, without waiting for answers; returns when the last press is answered. */
const pressMany = ({ teams }: World, place: string): Promise<unknown> => {
  const card = teams.messages(place).findLast(({ from, cards }) => from === 'bot' && cards.length > 0)?.id ?? '';
  return Promise.all(
    Array.from({ length: flood }, () => teams.submit('alice', card, { verb: 'say', command: 'recommendations' })),
  );
};

/** How long each of Bob's approvals takes, from the press until the request is approved, while Alice floods a place. */
const measure = async (world: World, place: string): Promise<number[]> => {
  const took: number[] = [];
  const waiting = (await cardsToApprove(world)).slice(0, approvals);
  const state = { isOver: false };
  const flooding = pressMany(world, place).finally(() => (state.isOver = true));
  for (const { reference, card } of waiting) {
    const from = performance.now();
    const answer = await world.teams.press('bob', card, `Approve ${reference}`, { comment: 'Fine.' });
    if ('problem' in answer && answer.problem !== undefined)
      throw new Error(`The press on ${reference}: ${answer.problem}`);
    // The press is answered; the decision is stored before that, or follows soon.
    while ((await world.app().desk.database.requests.find(reference))?.status === 'pending') {
      if (performance.now() - from > patienceMs) throw new Error(`${reference} is not approved.`);
      await pause(10);
    }
    took.push(performance.now() - from);
  }
  console.log(
    `  ${place}: the flood ${state.isOver ? 'had ended before the last approval' : 'still went on after the last approval'}`,
  );
  await flooding;
  return took;
};

/** Whether one person's flood of presses leaves the approvals of another under two seconds, in the same channel and elsewhere. */
export const benchFlood = async (): Promise<boolean> => {
  const whyNot = await whyNoPostgres();
  if (whyNot !== undefined) throw new Error(whyNot);
  const { databaseUrl, remove } = await temporaryPostgres();
  const world = await startWorld({ logLevel: 'error', database: { url: databaseUrl } });
  try {
    const { teams } = world;
    for (const person of ['alice', 'bob', 'carol']) await teams.say(person, 'personal', 'help');
    await teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await askForRequests(world, 3 * approvals);
    await world.app().idle();
    let kept = true;
    for (const place of ['alice', '#approvals']) {
      const took = (await measure(world, place)).toSorted((a, b) => a - b);
      const worst = took.at(-1) ?? Infinity;
      kept &&= worst < promisedMs;
      console.log(
        `${flood} presses of one person in ${place}: ${took.length} approvals of another, median ${seconds(took[took.length >> 1] ?? 0)}, slowest ${seconds(worst)} (promised: under ${seconds(promisedMs)})`,
      );
      await world.app().idle();
    }
    return kept;
  } finally {
    await world.close();
    await remove();
  }
};
