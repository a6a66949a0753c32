import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../../../src/store/open-store.ts';
import { startSurroundings } from '../../../simulator/start.ts';
import { askForRequests } from '../ask-for-requests.ts';
import { crowdFaults, type CrowdPress } from './crowd-faults.ts';
import { openJobTime } from '../job-time.ts';
import { letDecide } from '../let-decide.ts';
import { createMortalApp } from '../mortal-app.ts';
import { hash, settingIn } from '../outages.ts';
import { createDice } from '../plan-deaths.ts';
import { untilAnswered } from '../until-answered.ts';
import { everyRequest } from '../kept/every-request.ts';

export type CrowdOptions = {
  /** An empty PostgreSQL database. */
  readonly databaseUrl: string;
  readonly seed: number;
  /** How often the app is killed while it works on the presses. */
  readonly kills: number;
};

export type CrowdReport = {
  readonly acknowledged: number;
  /** The number of requests in each status at the end. */
  readonly ends: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
};

const requests = 20;
const approvers = ['bob', 'erin', 'frank'] as const;
/** About as many calls to Azure and Teams as the presses and the work after them take. */
const contactsOfAll = 400;
const longestPauseMs = 100;
const settleMs = 120_000;
const lookEveryMs = 100;

/**
 * Three people press Approve on twenty requests at the same time, on cards in a channel, in their own chats and as invokes; the app is
 * killed at random meanwhile and started again. Returns which presses that were answered with 200 came to nothing and were not answered.
 */
export const runCrowd = async ({ databaseUrl, seed, kills }: CrowdOptions): Promise<CrowdReport> => {
  const dice = createDice(seed);
  const around = await startSurroundings({ answered: (id) => untilAnswered(store.inbox, id, settleMs) }, () =>
    app.url(),
  );
  const { teams, azure, tenant } = around;
  letDecide(tenant, approvers);
  const app = createMortalApp(() => settingIn(around, { url: databaseUrl }));
  await app.start();
  const { store, close } = await openStore({ databaseUrl, hash, newId: randomUUID });
  const time = await openJobTime(databaseUrl);

  let contacts = 0;
  const count = (): void => void (contacts += 1);
  const countConnector = { status: 500, code: 'Never', when: () => (count(), false) };
  const lastCard = (chat: string): string =>
    teams.messages(chat).findLast(({ from, cards }) => from === 'bot' && cards.length > 0)?.id ?? '';
  const cardOf = (reference: string): string =>
    teams
      .messages('#approvals')
      .find(({ from, cards, visibleText }) => from === 'bot' && cards.length > 0 && visibleText.includes(reference))
      ?.id ?? '';

  const press = async (reference: string, index: number): Promise<CrowdPress> => {
    const person = approvers[index % approvers.length] ?? 'bob';
    const heardBefore = teams.messages(person).length;
    const data = { reference, version: 1, comment: '' };
    const verb = 'approve-request';
    const made = { reference, person, heardBefore };
    if (index % 4 === 3) {
      const answer = await teams.execute(person, lastCard(person), { verb, data });
      const words = answer.kind === 'message' ? answer.text : JSON.stringify(answer);
      return { ...made, isAcknowledged: answer.kind !== 'error', shown: words };
    }
    const on = index % 2 === 0 ? cardOf(reference) : lastCard(person);
    const { status } = await teams.submit(person, on, { verb, ...data });
    return { ...made, isAcknowledged: status === 200, shown: '' };
  };

  const reach = async (wanted: number, isOver: () => boolean): Promise<void> => {
    while (contacts < wanted && !isOver()) await pause(5);
    await pause(dice() * longestPauseMs);
  };

  const atRest = async (): Promise<boolean> => {
    const end = Date.now() + settleMs;
    while (Date.now() < end) {
      await time.hurry();
      if ((await store.inbox.waitingSince(new Date(Date.now() + 60_000))).length === 0 && (await time.isQuiet()))
        return true;
      await pause(lookEveryMs);
    }
    return false;
  };

  try {
    await teams.installAll();
    await teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    for (const person of approvers) await teams.say(person, 'personal', 'help');
    await app.tick();
    await askForRequests(around, requests);
    await time.quiet(() => false);
    const pending = await everyRequest(store.requests, ['pending']);
    subscribe('azure-simulator.call', count);
    teams.failNext(countConnector);

    let isOver = false;
    const presses = Promise.all(pending.map(({ reference }, index) => press(reference, index))).finally(() => {
      isOver = true;
    });
    for (let kill = 0; kill < kills; kill += 1) {
      await reach(contacts + dice() ** 2 * contactsOfAll, () => isOver);
      await app.kill();
      await time.pass();
      await app.start();
    }
    const pressed = await presses;
    const isQuiet = await atRest();
    await time.pass();
    await app.tick();
    await atRest();
    const { ends, faults } = await crowdFaults(pressed, { store, tenant, messages: (chat) => teams.messages(chat) });
    return {
      acknowledged: pressed.filter(({ isAcknowledged }) => isAcknowledged).length,
      ends,
      faults: isQuiet ? faults : [...faults, 'It did not come to rest.'],
    };
  } finally {
    unsubscribe('azure-simulator.call', count);
    await app.close();
    await time.close();
    await close();
    await teams.close();
    await azure.close();
  }
};
