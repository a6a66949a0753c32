import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../../src/store/open-store.ts';
import { startSurroundings } from '../../simulator/start.ts';
import { subscribeChannels } from '../subscribe-channels.ts';
import { alertFindings, type AlertFindings } from './alert-faults.ts';
import { openAlertLedger } from './alert-ledger.ts';
import { exemptionMaker } from './make-exemptions.ts';
import { createMortalApp, type MortalApp } from './mortal-app.ts';
import { untilAnswered } from './until-answered.ts';
import { createDice } from './plan-deaths.ts';

export type AlertSoakOptions = {
  /** An empty PostgreSQL database. */
  readonly databaseUrl: string;
  /** The total number of alerts for all channels, a multiple of 25. */
  readonly alerts: number;
  /** The most kills, not counting the end. */
  readonly mostKills: number;
  /** The lifetime of a replica before it is killed. */
  readonly longestLifeMs: number;
  readonly seed: number;
  /** Receives progress as a line. */
  readonly tell?: (line: string) => void;
};

export type AlertSoakReport = AlertFindings & { readonly alerts: number; readonly kills: number };

const channels = Array.from({ length: 25 }, (_, index) => `#soak-${index}`);
const scope = '/providers/Microsoft.Management/managementGroups/contoso';
const shortestLifeMs = 2000;
const lookEveryMs = 1500;
const checkEveryMs = 250;
/** If nothing happens for this time, nothing more will: missing alerts are lost. */
const stalledAfterMs = 4 * 60_000;
/** New exemptions are made when no more than this many alerts are open, this many at a time. */
const mostOpen = 200;
const perSweep = 4;

/** Two replicas on one database are killed at random and restarted while exemptions are made in the portal; returns what the channels received. */
export const runAlertSoak = async ({
  databaseUrl,
  alerts,
  mostKills,
  longestLifeMs,
  seed,
  tell,
}: AlertSoakOptions): Promise<AlertSoakReport> => {
  const dice = createDice(seed);
  let turns = 0;
  const around = await startSurroundings(
    { moreChannels: channels, enforceLimits: true, answered: (id) => untilAnswered(store.inbox, id) },
    () => {
      turns += 1;
      return (turns % 2 === 0 ? first : second).url();
    },
  );
  const { teams, azure } = around;
  const setting = () => ({
    tenantId: around.tenant.tenantId,
    azureUrl: azure.url,
    serviceUrl: teams.serviceUrl,
    openIdMetadataUrl: teams.openIdMetadataUrl,
    database: { url: databaseUrl },
    port: 0,
    logLevel: 'silent' as const,
    partialRights: 'all-or-nothing' as const,
    alertsAtOnce: 10_000,
  });
  const [first, second] = [createMortalApp(setting, false), createMortalApp(setting, false)];
  await first.start();
  await second.start();
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const { store, close } = await openStore({ databaseUrl, hash, newId: randomUUID });
  const ledger = openAlertLedger(databaseUrl);

  let [isOver, kills, openNow, claimed] = [false, 0, 0, 0];
  const count = async (): Promise<void> => {
    const rows = await ledger.rows();
    [claimed, openNow] = [rows.length, rows.filter(({ outcome }) => outcome === undefined).length];
  };
  /** One replica: sweeps each half second, dies after a while, and is restarted. */
  const live = async (app: MortalApp): Promise<void> => {
    const lifeFromNow = () => Date.now() + shortestLifeMs + dice() * (longestLifeMs - shortestLifeMs);
    for (let death = lifeFromNow(); !isOver;) {
      await app.look();
      await pause(lookEveryMs);
      if (openNow === 0 || kills >= mostKills || Date.now() < death) continue;
      kills += 1;
      // Dies in the middle of a sweep, not between two.
      const look = app.look();
      await pause(dice() * 200);
      await app.kill();
      await look;
      await app.start();
      death = lifeFromNow();
    }
  };

  try {
    await teams.installAll();
    const names = await subscribeChannels(teams, store, new Map(channels.map((name) => [name, scope])));
    const make = await exemptionMaker(around);
    const made: { readonly id: string }[] = [];
    // Each channel gets a summary of earlier exemptions, and then one alert for each new one.
    const isLacking = () => claimed < (1 + made.length) * channels.length;
    const isMaking = () => made.length * channels.length < alerts;
    while (isLacking() || openNow > 0) {
      // On a busy machine a sweep may fail; the next one finds the same.
      await first.look();
      await pause(checkEveryMs);
      await count();
    }
    const lives = [first, second].map(live);
    let [standing, since] = ['', Date.now()];
    while ((isMaking() || isLacking() || openNow > 0) && Date.now() - since < stalledAfterMs) {
      if (isMaking() && !isLacking() && openNow < mostOpen)
        for (let each = 0; each < perSweep && isMaking(); each += 1) made.push(make(made.length));
      await ledger.endTakings();
      const now = `${made.length} exemptions, ${claimed} alerts claimed, ${openNow} open`;
      tell?.(`${now}, ${kills} kills`);
      [standing, since] = now === standing ? [standing, since] : [now, Date.now()];
      await pause(checkEveryMs);
      await count();
    }
    isOver = true;
    await Promise.all(lives);
    return { alerts, kills, ...alertFindings(made, names, await ledger.rows(), (chat) => teams.messages(chat)) };
  } finally {
    isOver = true;
    await Promise.all([first.close(), second.close()]);
    await ledger.close();
    await close();
    await teams.close();
    await azure.close();
  }
};
