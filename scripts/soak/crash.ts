import { createHash, randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExemptionRequest } from '../../src/core/request/request.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startSurroundings } from '../../simulator/start.ts';
import { unhurried } from '../../simulator/start-app.ts';
import { askForRequests } from './ask-for-requests.ts';
import { crashFaults } from './crash-faults.ts';
import { openJobTime } from './job-time.ts';
import { createMortalApp } from './mortal-app.ts';
import { untilAnswered } from './until-answered.ts';
import { planDeaths, type Death } from './plan-deaths.ts';
import { everyRequest } from './kept/every-request.ts';

export type CrashOptions = {
  /** An empty PostgreSQL database. */
  readonly databaseUrl: string;
  /** How often the app is killed. */
  readonly points: number;
  readonly seed: number;
  /** Receives each request as a line. */
  readonly tell?: (line: string) => void;
};

export type CrashReport = {
  readonly kills: number;
  /** The number of killed requests in each final status. */
  readonly ends: Readonly<Record<string, number>>;
  /** Faults, as sentences that name the request and its kills. */
  readonly faults: readonly string[];
};

/** Kills the app again and again between the click on Approve and the alert in the channel, and checks what is left each time. */
export const runCrashes = async ({ databaseUrl, points, seed, tell }: CrashOptions): Promise<CrashReport> => {
  const plan = planDeaths(points, seed);
  const around = await startSurroundings({ answered: (id) => untilAnswered(store.inbox, id) }, () => app.url());
  const { teams, azure, tenant } = around;
  const { serviceUrl, openIdMetadataUrl } = teams;
  const app = createMortalApp(() => ({
    tenantId: tenant.tenantId,
    azureUrl: azure.url,
    serviceUrl,
    openIdMetadataUrl,
    database: { url: databaseUrl },
    port: 0,
    logLevel: 'silent',
    partialRights: 'all-or-nothing',
    pace: unhurried,
  }));

  let contacts = 0;
  let heard: (() => void) | undefined;
  const count = (): void => {
    contacts += 1;
    heard?.();
  };
  const contactsReach = (wanted: number): Promise<void> =>
    new Promise((resolve) => {
      heard = () => {
        if (contacts >= wanted) resolve();
      };
    });
  subscribe('azure-simulator.call', count);
  const countConnector = { status: 500, code: 'Never', when: () => (count(), false) };
  teams.failNext(countConnector);

  await app.start();
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const { store, close } = await openStore({ databaseUrl, hash, newId: randomUUID });
  const time = await openJobTime(databaseUrl);
  const ends: Record<string, number> = {};
  const faults: string[] = [];

  const channelPosts = (chat: string, { reference }: ExemptionRequest) =>
    teams.messages(chat).filter(({ from, visibleText }) => from === 'bot' && visibleText.includes(reference));
  const alertsOf = (request: ExemptionRequest): number =>
    channelPosts('#security-alerts', request).filter(({ visibleText }) => visibleText.includes('Exemption created'))
      .length;
  const cardOf = (request: ExemptionRequest): string => {
    const card = channelPosts('#approvals', request).find(({ cards }) => cards.length > 0);
    if (card === undefined) throw new Error(`${request.reference} has no card for its approvers.`);
    return card.id;
  };

  /**
   * Resolves after this many contacts with Azure and Teams, or when all is done, and a moment later; says whether the channel may be told
   * again, because the app could not record that it was.
   */
  const die = async (request: ExemptionRequest, wanted: number, click: Promise<unknown>, { pauseInMs }: Death) => {
    let isReached = false;
    const reached = contactsReach(wanted).then(() => (isReached = true));
    await Promise.race([reached, click.then(() => time.quiet(() => isReached))]);
    await pause(pauseInMs);
    const told = alertsOf(request);
    await app.kill();
    const repeatable = alertsOf(request) > told || (told > 0 && (await time.isBeingTold(request.reference)));
    await time.pass();
    return repeatable;
  };

  try {
    await teams.installAll();
    await teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await app.tick();
    await askForRequests(around, plan.length + 2);
    await time.quiet(() => false);

    const [undecided, calm, ...mortal] = await everyRequest(store.requests, ['pending']);
    if (undecided === undefined || calm === undefined) throw new Error('No request was made.');
    const look = async (request: ExemptionRequest, repeats: number, story: string): Promise<void> => {
      const seen = { store, tenant, alerts: alertsOf(request), repeats, card: channelPosts('#approvals', request) };
      const { status, found } = await crashFaults(request.reference, seen);
      ends[status] = (ends[status] ?? 0) + 1;
      tell?.(`${request.reference} ${story}: ${status}`);
      faults.push(...found.map((fault) => `${request.reference} (${story}): ${fault}`));
    };
    const approve = (request: ExemptionRequest) =>
      teams.press('bob', cardOf(request), `Approve ${request.reference}`, { comment: '' });

    contacts = 0;
    await approve(calm);
    await time.quiet(() => false);
    const usual = contacts;
    await look(calm, 0, 'not killed');
    if (ends.applied !== 1) throw new Error(`Without a death the request was not written: ${faults.join(' ')}`);

    for (const [index, deaths] of plan.entries()) {
      const request = mortal[index];
      if (request === undefined) throw new Error('There are not enough requests.');
      let repeats = 0;
      const contactsAtDeath = deaths.map(({ share }) => 1 + Math.floor(share * usual));
      for (const [turn, death] of deaths.entries()) {
        contacts = 0;
        const click = turn === 0 ? approve(request) : Promise.resolve();
        if (await die(request, contactsAtDeath[turn] ?? 1, click, death)) repeats += 1;
        await app.start();
        // Activities acknowledged before the death are answered after it.
        await click;
      }
      await time.quiet(() => false);
      await look(request, repeats, `killed after contact ${contactsAtDeath.join(' and ')} of ${usual}`);
    }
    await look(undecided, 0, 'never decided');
    if ((await store.ledger.verify()) !== undefined) faults.push('The ledger is broken.');
    return { kills: points, ends, faults };
  } finally {
    unsubscribe('azure-simulator.call', count);
    await app.close();
    await time.close();
    await close();
    await teams.close();
    await azure.close();
  }
};
