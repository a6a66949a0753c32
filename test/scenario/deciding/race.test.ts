import { startWorld, type World } from '../../world.ts';
import { noPostgres, postgresStore, type PostgresStore } from '../../store/postgres-database.ts';
import { makeApprovers } from './make-approvers.ts';
import { latest, sendRequest } from '../steps.ts';

const approvers = ['bob', 'carol', 'erin', 'frank'];
const races = [
  { clicks: 'a hundred clicks, approvals and rejections', rejects: (index: number) => index % 3 === 0 },
  { clicks: 'a hundred approvals', rejects: () => false },
];
const describeRaces = noPostgres === undefined ? describe.each(races) : describe.skip.each(races);

describeRaces(noPostgres ?? '$clicks at once on three replicas', ({ rejects }) => {
  let world: World;
  let database: PostgresStore;
  let reference: string;
  let answers: readonly string[];
  let statuses: readonly (number | undefined)[];

  beforeAll(async () => {
    database = await postgresStore();
    world = await startWorld({ logLevel: 'silent', database: { url: database.databaseUrl }, replicas: 3 });
    makeApprovers(world, approvers);
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
    reference = await sendRequest(world, 'alice');

    const card = latest(world, '#approvals').id;
    const before = new Set(world.teams.messages('#approvals').map(({ id }) => id));
    const approve = { verb: 'approve-request', reference, version: 1, comment: 'Fine.' };
    const reject = { verb: 'reject-request', reference, version: 1, reason: 'Not like this.' };
    const turns = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        world.teams.submit(approvers[index % approvers.length]!, card, rejects(index) ? reject : approve),
      ),
    );
    statuses = turns.map(({ status }) => status);
    await world.app().idle();
    answers = world.teams
      .messages('#approvals')
      .filter(({ id, from, cards }) => from === 'bot' && cards.length === 0 && !before.has(id))
      .map(({ text }) => text);
  }, 240_000);
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  const reason = /Somebody else has just changed EX-|EX-\w+ is already /;

  const decided = async () =>
    (await database.store.ledger.history(reference)).filter(
      ({ event }) => event === 'approved' || event === 'rejected',
    );
  const written = () =>
    world.tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference));

  it('makes one decision, with one row in the ledger', async () => {
    const [decision, ...more] = await decided();
    const request = await database.store.requests.find(reference);

    expect(more).toEqual([]);
    expect(request?.status).toBe(decision?.event === 'approved' ? 'applied' : 'rejected');
    expect(decision?.actor).toMatchObject({ person: { objectId: request?.decision?.by.objectId } });
  });

  it('writes one set of exemptions, or none after a rejection', async () => {
    const [decision] = await decided();
    const assignments = written().map(({ properties }) => properties.policyAssignmentId.toLowerCase());

    expect(assignments).toHaveLength(decision?.event === 'approved' ? 3 : 0);
    expect(new Set(assignments).size).toBe(assignments.length);
  });

  it('answers everybody else politely', () => {
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(answers).toHaveLength(99);
    for (const answer of answers)
      expect(answer).toMatch(
        /^(Bob Berger|Carol Costa|Erin Eder|Frank Falk): Nothing was decided\. The reason, and what you typed, are in your personal chat/,
      );
    const reasons = approvers.flatMap((person) =>
      world.teams.messages(person).filter(({ visibleText }) => reason.test(visibleText)),
    );
    expect(reasons).toHaveLength(99);
  });

  it('shows the decision on the one card in the channel', () => {
    const cards = world.teams
      .messages('#approvals')
      .filter(({ visibleText, cards: shown }) => shown.length > 0 && visibleText.includes(reference));

    expect(cards).toHaveLength(1);
    expect(JSON.stringify(cards[0]?.cards)).not.toContain('approve-request');
  });

  it('leaves the ledger whole', async () => {
    expect(await database.store.ledger.verify()).toBeUndefined();
  });
});
