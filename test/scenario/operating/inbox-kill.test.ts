import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { createMortalApp, type MortalApp } from '../../../scripts/soak/mortal-app.ts';
import { untilAnswered } from '../../../scripts/soak/until-answered.ts';
import { startSurroundings, type Surroundings } from '../../../simulator/start.ts';
import { unhurried } from '../../../simulator/start-app.ts';
import { temporaryPostgres, whyNoPostgres } from '../../../simulator/temporary-postgres.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { openStore, type OpenStore } from '../../../src/store/open-store.ts';

const whyNot = await whyNoPostgres();

(whyNot === undefined ? describe : describe.skip)(whyNot ?? 'an app that is killed after it said 200', () => {
  let around: Surroundings;
  let app: MortalApp;
  let opened: OpenStore;
  let database: pg.Client;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const temporary = await temporaryPostgres();
    remove = temporary.remove;
    around = await startSurroundings({ answered: (id) => untilAnswered(opened.store.inbox, id) }, () => app.url());
    const { teams, azure } = around;
    app = createMortalApp(
      () => ({
        tenantId: around.tenant.tenantId,
        azureUrl: azure.url,
        serviceUrl: teams.serviceUrl,
        openIdMetadataUrl: teams.openIdMetadataUrl,
        database: { url: temporary.databaseUrl },
        port: 0,
        logLevel: 'silent',
        partialRights: 'all-or-nothing',
        pace: unhurried,
      }),
      false,
    );
    await app.start();
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    opened = await openStore({ databaseUrl: temporary.databaseUrl, hash, newId: randomUUID });
    database = new pg.Client({ connectionString: temporary.databaseUrl });
    await database.connect();
    await teams.installAll();
  }, 120_000);
  afterAll(async () => {
    await app.close();
    await database.end();
    await opened.close();
    await around.teams.close();
    await around.azure.close();
    await remove();
  });

  const alice = people.find(({ key }) => key === 'alice')!;
  const chat = () => around.teams.conversations().find(({ name }) => name === 'alice')!.conversationId;
  const send = async (text: string): Promise<number> => {
    const { status } = await fetch(`${app.url()}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await around.teams.token()}` },
      body: JSON.stringify({
        type: 'message',
        id: randomUUID(),
        text,
        channelId: 'msteams',
        serviceUrl: around.teams.serviceUrl,
        from: { id: around.teams.userId('alice'), name: alice.name, aadObjectId: alice.objectId },
        recipient: { id: '28:bot' },
        conversation: { id: chat(), conversationType: 'personal', tenantId: alice.tenantId },
      }),
    });
    return status;
  };
  const answers = (from: number) =>
    around.teams
      .messages('alice')
      .slice(from)
      .filter(({ from: by }) => by === 'bot');
  /** The next call of the app to Teams of this type has come, and is answered. */
  const called = (type: string): Promise<void> =>
    new Promise((resolve) => {
      let isOver = false;
      around.teams.failNext({
        status: 500,
        code: 'Never',
        when: ({ body }) => {
          if (!isOver && (body as { type?: string } | undefined)?.type === type) {
            isOver = true;
            resolve();
          }
          return false;
        },
      });
    });
  const answered = async (): Promise<void> => untilAnswered(opened.store.inbox, chat());

  it('at once, answers when it is started again', async () => {
    const before = around.teams.messages('alice').length;
    expect(await send('help')).toBe(200);
    await app.kill();
    // The 20 seconds for which it had taken the message pass at once here, and really in the next test.
    await database.query('update inbox set held_until = null');
    await app.start();
    await answered();

    // Killed between the post and its note it cannot know, and says it once more.
    expect([1, 2]).toContain(answers(before).length);
  });

  it('in the middle of the answer, answers anew when it is started again, within half a minute', async () => {
    const before = around.teams.messages('alice').length;
    const typing = called('typing');
    expect(await send('recommendations storage')).toBe(200);
    await typing;
    await app.kill();
    expect(answers(before)).toEqual([]);
    await app.start();
    await answered();

    expect(answers(before)).toHaveLength(1);
  });

  it('keeps nothing of what was said once it is answered', async () => {
    const { rows } = await database.query('select activity, answered_at from inbox');

    expect(rows.length).toBeGreaterThan(2);
    expect(
      rows.filter(({ activity, answered_at: at }: Record<string, unknown>) => activity !== null || at === null),
    ).toEqual([]);
  });
});
