import { createHash, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import pg from 'pg';
import { migrationsFolder } from '../../../src/store/engine/engine.ts';
import { openStore, type OpenStore } from '../../../src/store/open-store.ts';
import { askForRequests } from '../../../scripts/soak/ask-for-requests.ts';
import { exemptionMaker, soakWords } from '../../../scripts/soak/make-exemptions.ts';
import { openJobTime, type JobTime } from '../../../scripts/soak/job-time.ts';
import { untilAnswered } from '../../../scripts/soak/until-answered.ts';
import { createReplicas, type Replicas } from '../../../scripts/soak/replicas.ts';
import { startSurroundings, type Surroundings } from '../../../simulator/start.ts';
import { temporaryPostgres, whyNoPostgres } from '../../../simulator/temporary-postgres.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const whyNot = await whyNoPostgres();
const count = 3;
const wanted = 8;
/** The burst of a channel and what is added to it within that second. */
const mostAtOnce = 6;

/** Three processes of the real app on one database; each activity goes to the next of them. */
(whyNot === undefined ? describe : describe.skip)(whyNot ?? 'three replicas on one PostgreSQL database', () => {
  let around: Surroundings;
  let replicas: Replicas;
  let store: OpenStore;
  let time: JobTime;
  let pool: pg.Pool;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const database = await temporaryPostgres();
    ({ remove } = database);
    const { databaseUrl } = database;
    around = await startSurroundings({ answered: (id) => untilAnswered(store.store.inbox, id) }, () => replicas.url());
    const { azure, teams } = around;
    replicas = createReplicas(count, () => ({
      tenantId: around.tenant.tenantId,
      azureUrl: azure.url,
      serviceUrl: teams.serviceUrl,
      openIdMetadataUrl: teams.openIdMetadataUrl,
      database: { url: databaseUrl },
      port: 0,
      logLevel: 'silent',
      partialRights: 'all-or-nothing',
      alertsAtOnce: 10_000,
    }));
    // On a database in which there is nothing yet.
    await replicas.start();
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    store = await openStore({ databaseUrl, hash, newId: randomUUID });
    time = await openJobTime(databaseUrl);
    pool = new pg.Pool({ connectionString: databaseUrl });
    pool.on('error', () => undefined);
    await teams.installAll();
    await teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await replicas.tick();
    await askForRequests(around, wanted);
    await time.quiet(() => false);
  }, 180_000);
  afterAll(async () => {
    await replicas.close();
    await Promise.all([time.close(), store.close(), pool.end()]);
    await around.teams.close();
    await around.azure.close();
    await remove();
  });

  const requests = () => everyRequest(store.store.requests);
  const cardOf = (reference: string) =>
    around.teams
      .messages('#approvals')
      .find(({ from, cards, visibleText }) => from === 'bot' && cards.length > 0 && visibleText.includes(reference))!
      .id;
  const approve = (reference: string) =>
    around.teams.submit('bob', cardOf(reference), { verb: 'approve-request', reference, version: 1, comment: '' });
  const writtenFor = (reference: string) =>
    around.tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference));
  const alertsOf = (reference: string) =>
    around.teams
      .messages('#security-alerts')
      .filter(({ from, visibleText }) => from === 'bot' && visibleText.includes(reference));

  it('come up together on an empty database and migrate it once', async () => {
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int as count from drizzle.__drizzle_migrations',
    );

    expect(rows[0]?.count).toBe(readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql')).length);
  });

  it('take each activity wherever it arrives: the form, its preview and its sending all went to different ones', async () => {
    expect(await requests()).toHaveLength(wanted);
  });

  it('do the work of an approval once', async () => {
    const { reference, targets } = (await requests())[0]!;
    expect((await approve(reference)).status).toBe(200);
    await time.quiet(() => false);

    const assignments = writtenFor(reference).map(({ properties }) => properties.policyAssignmentId.toLowerCase());
    expect(assignments).toHaveLength(targets.length);
    expect(new Set(assignments).size).toBe(targets.length);
    expect(alertsOf(reference)).toHaveLength(1);
  });

  it('share the pace at which Teams lets a bot post into a channel', async () => {
    const { teams } = around;
    const make = await exemptionMaker(around);
    const made = Array.from({ length: mostAtOnce * 2 }, (_, index) => make(index));
    const earlier = teams.connectorCalls().length;
    await replicas.look();
    await time.quiet(() => false);

    const posts = teams
      .connectorCalls()
      .slice(earlier)
      .filter(
        ({ method, body }) =>
          method === 'POST' && made.some((_, index) => JSON.stringify(body).includes(soakWords(index))),
      );
    expect(posts).toHaveLength(made.length);
    const inASecondFrom = (start: number) => posts.filter(({ atMs }) => atMs >= start && atMs < start + 1000).length;
    expect(Math.max(...posts.map(({ atMs }) => inASecondFrom(atMs)))).toBeLessThanOrEqual(mostAtOnce);
  });

  it('are restarted one after the other without dropping a click', async () => {
    const waiting = (await requests()).filter(({ status }) => status === 'pending');
    const restart = { isOver: false };
    const rolling = replicas.restartInTurn().finally(() => (restart.isOver = true));
    const turns: { status: number | undefined; problem: string | undefined }[] = [];
    for (const { reference } of waiting) {
      turns.push(await approve(reference), await around.teams.say('alice', 'personal', `request ${reference}`));
    }
    while (!restart.isOver) turns.push(await around.teams.say('carol', 'personal', 'help'));
    await rolling;
    await time.quiet(() => false);

    expect(turns.filter(({ status }) => status !== 200)).toEqual([]);
    const after = await requests();
    // A full minute may have gone by meanwhile: then the replicas have seen the effect by themselves.
    expect(after.filter(({ status }) => status !== 'applied' && status !== 'effective')).toEqual([]);
    for (const { reference, targets } of after) {
      expect(writtenFor(reference)).toHaveLength(targets.length);
      expect(alertsOf(reference)).toHaveLength(1);
    }
    expect(await store.store.ledger.verify()).toBeUndefined();
  }, 120_000);
});
