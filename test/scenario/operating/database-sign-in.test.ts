import { startWorld, type World } from '../../world.ts';
import { openPasswordDoor, type PasswordDoor } from '../../store/engine/password-door.ts';
import { noPostgres, postgresStore, type PostgresStore } from '../../store/postgres-database.ts';

const sentence = 'The database does not answer; nothing was recorded. Please try again in a minute.';
const reason = 'The access token has expired';

/** PostgreSQL runs and lets the bot in no more: its token is stale, or its identity was taken out of the server. */
(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'when the database lets the bot in no more', () => {
  let world: World;
  let database: PostgresStore;
  let door: PasswordDoor;
  let isShut = false;
  let logged = '';

  beforeAll(async () => {
    database = await postgresStore();
    door = await openPasswordDoor(database.databaseUrl, () => !isShut);
    world = await startWorld({
      database: { url: door.databaseUrl, auth: 'entra' },
      logTo: { write: (line: string) => void (logged += line) },
    });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterAll(async () => {
    isShut = false;
    await world.close();
    await door.close();
    await database.close();
  });

  const said = async (text: string) =>
    (await world.teams.say('alice', 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  /** Who is inside stays there, so they are shown out. */
  const shut = async (): Promise<void> => {
    isShut = true;
    await database.sqlForJobs.executeSql(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  };

  it('says the usual sentence to words and to clicks, the reason to the operator, and answers again by itself', async () => {
    await shut();
    // What was shown out may say so first, and then the door does.
    do expect(await said('help')).toBe(sentence);
    while (!logged.split('\n').some((line) => line.includes('could not be stored') && line.includes(reason)));

    const [card] = world.teams.messages('#approvals');
    const pressed = await world.teams.execute('bob', card!.id, {
      verb: 'refresh-request',
      data: { reference: 'EX-1' },
    });
    expect(JSON.stringify(pressed)).toContain(sentence);
    const press = logged.split('\n').find((line) => line.includes('Azure, Teams or the database did not'));
    expect(press).toContain(reason);

    isShut = false;
    expect(await said('help')).toContain('recommendations');
  });
});
