import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { openJobTime } from '../../../scripts/soak/job-time.ts';
import { openOutageLine, throughLine, type OutageLine } from '../../../simulator/outage-line.ts';
import { startWorld, type World } from '../../world.ts';
import { noPostgres, postgresStore, type PostgresStore } from '../../store/postgres-database.ts';
import { latest, sendRequest } from '../steps.ts';

const sentence = 'The database does not answer; nothing was recorded. Please try again in a minute.';

/** The database goes away while people are at work; whoever asks is told so, and everything goes on when it is back. */
(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'when the database goes away', () => {
  let world: World;
  let database: PostgresStore;
  let line: OutageLine;
  let reference: string;

  beforeAll(async () => {
    database = await postgresStore();
    line = await openOutageLine({ host: '127.0.0.1', port: 5432 });
    world = await startWorld({ logLevel: 'silent', database: { url: throughLine(database.databaseUrl, line) } });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
    reference = await sendRequest(world, 'alice');
  }, 90_000);
  afterEach(() => line.mend());
  afterAll(async () => {
    line.mend();
    await world.close();
    await line.close();
    await database.close();
  });

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 25));
  };
  const writtenFor = () =>
    world.tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference));

  it.each([
    ['stops', () => line.cut()],
    ['falls silent', () => line.hold()],
  ])('says so in a sentence when it %s, to words and to clicks, and answers as soon as it is back', async (_, fail) => {
    const card = latest(world, '#approvals').id;
    fail();
    expect(await said('alice', `request ${reference}`)).toBe(sentence);
    const click = { verb: 'approve-request', reference, version: 1, comment: '' };
    const { status, replies } = await world.teams.submit('bob', card, click);
    expect(status).toBe(200);
    expect(replies.map(({ text }) => text)).toEqual([sentence]);
    const refreshed = await world.teams.execute('bob', card, { verb: 'refresh-request', data: { reference } });
    // Silence lasts longer than a client waits for a press.
    expect(JSON.stringify(refreshed)).toMatch(/The database does not answer|Still working on it/);

    line.mend();
    await until(async () => (await said('alice', `request ${reference}`)).includes('Legacy uploader'));
    expect((await database.store.requests.find(reference))?.status).toBe('pending');
  });

  it('keeps what was approved right before, and finishes it afterwards', async () => {
    let isCut = false;
    const cutAtTheFirstWrite = (call: unknown): void => {
      if (isCut || (call as { method: string }).method !== 'PUT') return;
      isCut = true;
      line.cut();
    };
    subscribe('azure-simulator.call', cutAtTheFirstWrite);
    const click = { verb: 'approve-request', reference, version: 1, comment: '' };
    await world.teams.submit('bob', latest(world, '#approvals').id, click);
    await until(async () => isCut);
    unsubscribe('azure-simulator.call', cutAtTheFirstWrite);
    expect((await database.store.requests.find(reference))?.status).toBe('approved');
    line.mend();

    const time = await openJobTime(database.databaseUrl);
    await until(async () => {
      await time.pass();
      return (await database.store.requests.find(reference))?.status === 'applied';
    });
    await time.quiet(() => false);
    await time.close();
    expect(writtenFor()).toHaveLength(3);
    expect(await database.store.ledger.verify()).toBeUndefined();
  });
});
