import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import type { Finding } from '../../scripts/doctor/finding.ts';
import { renderFindings } from '../../scripts/doctor/render-findings.ts';
import { runDoctor, type DoctorOptions } from '../../scripts/doctor/run-doctor.ts';
import { tokenOf } from '../../simulator/azure/arm/token.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { startWorld, type World } from '../world.ts';
import { tenantId } from '../../simulator/tenant/contoso/people.ts';
import { botPrincipal } from '../../simulator/tenant/person.ts';
import { noPostgres, postgresStore, type PostgresStore } from '../store/postgres-database.ts';

const jwt = (claims: object): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
const describeIfPostgres = noPostgres === undefined ? describe : describe.skip;

describeIfPostgres(noPostgres ?? 'the doctor', () => {
  let world: World;
  let database: PostgresStore;

  beforeAll(async () => {
    database = await postgresStore();
    world = await startWorld({ logLevel: 'silent', database: { url: database.databaseUrl } });
    await world.teams.say('bob', 'personal', 'help');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
  });
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  const toSimulator = (): HttpClient => {
    const azure = redirectingHttpClient({
      'https://management.azure.com': world.azure.url,
      'https://graph.microsoft.com': world.azure.url,
    });
    const plain = createDefaultHttpClient();
    return {
      sendRequest: (request) =>
        request.url.startsWith('https://login.botframework.com/')
          ? plain.sendRequest({ ...request, url: world.teams.openIdMetadataUrl, allowInsecureConnection: true })
          : azure.sendRequest(request),
    };
  };
  const examine = (changes: Partial<DoctorOptions> = {}, environment: object = {}): Promise<readonly Finding[]> => {
    const credential = (roles: readonly string[]) => ({
      getToken: async (scope: string | string[]) => ({
        token: String(scope).includes('graph') ? jwt({ roles }) : tokenOf(botPrincipal),
        expiresOnTimestamp: Number.MAX_SAFE_INTEGER,
      }),
    });
    const granted = credential(['User.Read.All', 'GroupMember.Read.All']);
    return runDoctor({
      environment: {
        MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
        MICROSOFT_APP_TYPE: 'UserAssignedMSI',
        MICROSOFT_APP_TENANT_ID: tenantId,
        DATABASE_URL: database.databaseUrl,
        ...environment,
      },
      credentials: () => ({ azure: granted, bot: granted }),
      httpClient: toSimulator(),
      notifier: () => world.app().desk.notifier,
      channel: undefined,
      now: world.clock.now,
      ...changes,
    });
  };
  const verdicts = (findings: readonly Finding[], about: RegExp) =>
    findings.filter((each) => about.test(each.about)).map(({ verdict, seen }) => `${verdict}: ${seen}`);
  const wrongs = (findings: readonly Finding[]) => findings.filter(({ verdict }) => verdict === 'wrong');

  it('finds nothing wrong with Contoso, and names every right of the role', async () => {
    const findings = await examine();

    expect(wrongs(findings)).toEqual([]);
    expect(verdicts(findings, /^Permission Microsoft\.Authorization\/policyAssignments\/exempt\/action$/)).toEqual([
      expect.stringMatching(/^well: held at \d+ of \d+ scopes$/),
    ]);
    expect(verdicts(findings, /^Permission /)).toHaveLength(18);
    expect(verdicts(findings, /^Tags of resources$/)).toEqual([expect.stringMatching(/^(well|look): (not )?readable/)]);
    expect(verdicts(findings, /^Resource Graph$/)).toEqual([
      expect.stringMatching(/^well: \d+ management groups, \d+ sub/),
    ]);
    expect(verdicts(findings, /^Ledger$/)).toEqual([expect.stringMatching(/^well: intact, \d+ rows$/)]);
    expect(verdicts(findings, /^Personal chats$/)).toEqual([expect.stringMatching(/^well: \d+ p(erson|eople) can/)]);
    expect(verdicts(findings, /^Approvals$/)).toEqual(['well: received by 1 channel']);
    expect(verdicts(findings, /^The running bot$/)).toEqual(['well: works']);
    // Only the bot has a role above contoso, so nobody could approve for the whole tenant.
    expect(verdicts(findings, /^Approvers$/)).toEqual([
      expect.stringMatching(
        /^look: Management group Tenant Root Group .*: the defaults ask for 1 approval, nobody can/,
      ),
    ]);
    expect(verdicts(findings, /^Exemptions$/)).toEqual([expect.stringMatching(/^well: (Read|Compared) /)]);
    expect(verdicts(findings, /^Heard from Teams$/)).toEqual([expect.stringMatching(/^well: last at \d{4}-/)]);
    expect(verdicts(findings, /^Bot registration$/)).toEqual([expect.stringMatching(/^unknown: .*no Azure Bot/)]);
    expect(renderFindings(findings)).toMatch(/\nNothing is wrong; \d+ to look at, 1 unknown\.$/);
  });

  it('says how many people cannot be written to any more', async () => {
    const { conversations } = world.app().desk.database;
    const { personal } = await conversations.count();
    const lost = world.teams.conversations().find(({ kind }) => kind === 'personal')!.conversationId;
    await conversations.markUnreachable(lost, 'The app was removed.', world.clock.now());
    const findings = await examine();
    await conversations.markReachable([lost]);

    expect(verdicts(findings, /^Personal chats$/)).toEqual([
      `look: ${personal - 1} people can be written to, 1 no longer`,
    ]);
  });

  it('says that nobody was heard of for days, or ever', async () => {
    const heard = async () => verdicts(await examine({}, { DATABASE_URL: silent.databaseUrl }), /^Heard/);
    const silent = await postgresStore();
    try {
      expect(await heard()).toEqual(['look: never']);
      const place = await world.app().desk.database.conversations.channelCalled('approvals');
      await silent.store.conversations.remember(place!);
      expect(await heard()).toEqual(['look: nothing for 2 days, but before that from 1 chat or channel']);
    } finally {
      await silent.close();
    }
  });

  it('names the right that is missing, where, and the remedy', async () => {
    const held = [...world.tenant.roleAssignments];
    const own = held.find(({ principalId }) => principalId === botPrincipal.objectId)!;
    world.tenant.roleAssignments.splice(held.indexOf(own), 1);
    const without = await examine();
    world.tenant.roleAssignments.splice(0, world.tenant.roleAssignments.length, ...held);

    expect(wrongs(without).length).toBeGreaterThan(0);
    for (const { remedy } of wrongs(without)) expect(remedy).toContain('docs/install.md, step 2');
  });

  it('says which settings let in more than usual', async () => {
    const findings = await examine(
      {},
      {
        ALLOWED_TENANTS: `${tenantId},33333333-3333-4333-8333-333333333333`,
        ALLOW_GUESTS_TO_ASK: 'true',
        PARTIAL_RIGHTS: 'best-effort',
        DELEGATE_GROUPS: '00000000-0000-4000-8000-0000000002AA, 00000000-0000-4000-8000-000000000201',
        ALLOWED_PLACES: 'channels, 19:one@thread.tacv2',
        READ_ONLY: 'true',
      },
    );

    expect(verdicts(findings, /^Settings$/)).toEqual([
      'well: complete',
      'look: people of other tenants get answers: 33333333-3333-4333-8333-333333333333',
      'look: guests may request exemptions',
      'well: beside personal chats it works only in: channels, 19:one@thread.tacv2',
      'look: requests may be written in part',
      'look: these groups decide without the permission on policy assignments: 00000000-0000-4000-8000-0000000002aa, 00000000-0000-4000-8000-000000000201',
      'look: Exemption Desk is read-only',
    ]);
  });

  it('finds it wrong that groups decide which nobody lets it see', async () => {
    const blind = {
      getToken: async () => ({ token: jwt({ roles: [] }), expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
    };
    const credentials = () => ({ azure: blind, bot: blind });
    const seen = 'GroupMember.Read.All and User.Read.All not granted';

    expect(verdicts(await examine({ credentials }), /^Microsoft Graph$/)).toEqual([`look: ${seen}`]);
    const lending = await examine({ credentials }, { DELEGATE_GROUPS: '00000000-0000-4000-8000-000000000201' });
    expect(verdicts(lending, /^Microsoft Graph$/)).toEqual([`wrong: ${seen}`]);
  });

  it('says what is wrong with the settings, and looks no further', async () => {
    const findings = await examine({}, { MICROSOFT_APP_ID: 'nobody' });

    expect(findings).toHaveLength(1);
    expect(wrongs(findings)[0]?.seen).toContain('MICROSOFT_APP_ID is not valid');
  });

  it('goes on where Azure, Teams and the database do not answer', async () => {
    const findings = await examine(
      { httpClient: { sendRequest: () => Promise.reject(new Error('ECONNREFUSED')) } },
      { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/nothing' },
    );

    expect(wrongs(findings).map(({ about }) => about)).toEqual([
      'Resource Graph',
      'Permissions',
      'Keys of Teams',
      'Database',
    ]);
    expect(verdicts(findings, /^Bot registration$/)).toEqual(['unknown: ECONNREFUSED']);
    expect(renderFindings(findings)).toContain('4 wrong');
  });

  it('posts a sample card where it is asked to, and nowhere else', async () => {
    const posted = () =>
      world.teams.messages('#approvals').filter(({ visibleText }) => visibleText.includes('This is a sample'));
    expect(verdicts(await examine({ channel: 'approvals' }), /^Channel/)).toEqual([
      'well: a sample card was posted there',
    ]);
    expect(posted()).toHaveLength(1);

    expect(verdicts(await examine({ channel: 'nowhere' }), /^Channel/)).toEqual([
      'wrong: nobody has spoken to Exemption Desk there yet',
    ]);
    expect(posted()).toHaveLength(1);
  });
});
