import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startSurroundings, type Surroundings } from '../../simulator/start.ts';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';
import type { RequestStore } from '../../src/core/request/kept-requests.ts';
import { openStore } from '../../src/store/open-store.ts';
import { askForRequests } from '../soak/ask-for-requests.ts';
import { openJobTime } from '../soak/job-time.ts';
import { createMortalApp } from '../soak/mortal-app.ts';
import { hash, settingIn } from '../soak/outages.ts';
import { everyRequest } from '../soak/kept/every-request.ts';

/** What one person presses at once, before and while another approves; below the limit of connections from one address (250), which all of this comes from. */
const flood = 200;
const approvals = 8;
const promisedMs = 2000;
const patienceMs = 20_000;

type Stage = Surroundings & { readonly requests: RequestStore };

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

type Waiting = { readonly reference: string; readonly card: string };

/** The pending requests, each with the card that Bob can press in the channel. */
const cardsToApprove = async ({ requests, teams }: Stage): Promise<Waiting[]> => {
  const pending = await everyRequest(requests, ['pending']);
  const cards = teams.messages('#approvals').filter((message) => message.cards.length > 0);
  return pending.flatMap(({ reference }) => {
    const card = cards.findLast((message) => JSON.stringify(message.cards).includes(reference));
    return card === undefined ? [] : [{ reference, card: card.id }];
  });
};

/** Alice presses again and again in one place, without waiting for answers; returns when the last press is answered. */
const pressMany = ({ teams }: Stage, place: string): Promise<unknown> => {
  const card = teams.messages(place).findLast(({ from, cards }) => from === 'bot' && cards.length > 0)?.id ?? '';
  return Promise.all(
    Array.from({ length: flood }, () => teams.submit('alice', card, { verb: 'say', command: 'recommendations' })),
  );
};

/** How long each of Bob's approvals takes, from the press until the request is approved, while Alice floods a place. */
const measure = async (stage: Stage, place: string): Promise<number[]> => {
  const [took, pressed]: [number[], Promise<unknown>[]] = [[], []];
  const waiting = (await cardsToApprove(stage)).slice(0, approvals);
  const state = { isOver: false };
  const flooding = pressMany(stage, place).finally(() => (state.isOver = true));
  for (const { reference, card } of waiting) {
    const from = performance.now();
    // The simulated Teams answers only when the whole conversation is quiet, so nobody waits for that here.
    pressed.push(stage.teams.press('bob', card, `Approve ${reference}`, { comment: 'Fine.' }));
    while ((await stage.requests.find(reference))?.status === 'pending') {
      if (performance.now() - from > patienceMs) throw new Error(`${reference} is not approved.`);
      await pause(10);
    }
    took.push(performance.now() - from);
  }
  console.log(
    `  ${place}: the flood ${state.isOver ? 'had ended before the last approval' : 'still went on after the last approval'}`,
  );
  await Promise.all([flooding, ...pressed]);
  return took;
};

/** Says how long the approvals took; false if one took too long. */
const isKept = (place: string, took: readonly number[]): boolean => {
  const sorted = took.toSorted((a, b) => a - b);
  const worst = sorted.at(-1) ?? Infinity;
  console.log(
    `${flood} presses of one person in ${place}: ${sorted.length} approvals of another, median ${seconds(sorted[sorted.length >> 1] ?? 0)}, slowest ${seconds(worst)} (promised: under ${seconds(promisedMs)})`,
  );
  return worst < promisedMs;
};

/** Whether one person's flood of presses leaves the approvals of another under two seconds, in the same channel and elsewhere. */
export const benchFlood = async (): Promise<boolean> => {
  const whyNot = await whyNoPostgres();
  if (whyNot !== undefined) throw new Error(whyNot);
  const { databaseUrl, remove } = await temporaryPostgres();
  // In a process of its own, so that the simulated Azure and Teams do not take its time.
  const app = createMortalApp(() => settingIn(around, { url: databaseUrl }));
  const around = await startSurroundings({ answered: app.answered }, app.url);
  await app.start();
  const store = await openStore({ databaseUrl, hash, newId: randomUUID });
  const time = await openJobTime(databaseUrl);
  const settle = async (): Promise<void> => {
    while (!(await time.isQuiet())) await pause(100);
  };
  try {
    const { teams } = around;
    for (const person of ['alice', 'bob', 'carol']) await teams.say(person, 'personal', 'help');
    await teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await askForRequests(around, 3 * approvals);
    await settle();
    const kept: boolean[] = [];
    for (const place of ['alice', '#approvals']) {
      kept.push(isKept(place, await measure({ ...around, requests: store.store.requests }, place)));
      await settle();
    }
    return kept.every(Boolean);
  } finally {
    await app.close();
    await around.teams.close();
    await around.azure.close();
    await time.close();
    await store.close();
    await remove();
  }
};
