import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentVersion, keepWorld, readKeptWorld, type KeptWorld } from '../../simulator/kept-world.ts';
import { startWorld, type World } from '../world.ts';
import { freshFolder } from '../store/fresh-database.ts';

const portOf = ({ teams }: World): number => Number(new URL(teams.url).port);

describe('a world that is kept', () => {
  let world: World | undefined;
  let remove: () => Promise<void> = async () => undefined;
  afterEach(async () => {
    await world?.close();
    await remove();
  });

  it('goes on where it stopped: chats, cards, tenant, clock and database', async () => {
    const folder = await freshFolder();
    remove = folder.remove;
    const first = await startWorld({ keep: folder.path });
    world = first;
    await first.teams.say('alice', 'personal', 'recommendations');
    await first.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await first.control['POST /simulator/clock']!({ advance: 'P9D' });
    await first.control['POST /simulator/portal-exemption']!({});
    await first.control['POST /simulator/settings']!({ effectDelay: 'PT7M' });
    await first.control['POST /simulator/lock']!({
      scope: `/subscriptions/${first.tenant.subscriptions[0]!.subscriptionId}`,
    });
    await first.control['POST /simulator/delete-resource']!({ resource: 'vm-lab-1' });
    await first.control['POST /simulator/unassign']!({ assignment: 'corp-baseline' });
    const mended = { resource: 'stshoplogs', recommendation: 'Secure transfer to storage accounts should be enabled' };
    await first.control['POST /simulator/remedy']!(mended);
    await first.teams.say('dan', 'personal', 'help');
    const read = JSON.stringify({ as: 'bob', where: '#approvals' });
    await fetch(`${first.teams.url}/page-data/read`, { method: 'POST', body: read });
    const seen = (one: World) => ({
      teams: one.teams.kept(),
      exemptions: one.tenant.exemptions.all(),
      standardAssignments: one.tenant.standardAssignments,
      settings: one.tenant.settings,
      locks: one.tenant.locks,
      policyAssignments: one.tenant.policyAssignments,
      roleAssignments: one.tenant.roleAssignments,
      resources: one.tenant.resources,
      remedied: one.tenant.remedied,
      createdAt: one.tenant.createdAt,
      ahead: one.clock.ahead(),
    });
    const before = seen(first);
    await first.close();

    const second = await startWorld({ keep: folder.path, chatPort: portOf(first) });
    world = second;
    expect(seen(second)).toEqual(before);
    expect(before.ahead).toBe(9 * 86_400_000);

    const card = second.teams.messages('alice').findLast(({ cards }) => cards.length > 0)!;
    await second.teams.press('alice', card.id, second.teams.buttons('alice', card.id)[0]!);
    expect(second.teams.messages('alice').find(({ id }) => id === card.id)?.version).toBeGreaterThan(card.version);
    await second.control['POST /simulator/clock']!({ advance: '-P10D' });
    await second.teams.say('bob', '#approvals', '@Exemption Desk subscriptions');
    const ids = second.teams.messages('#approvals').map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((left, right) => left - right));
    expect(second.teams.messages('#approvals').at(-1)?.visibleText).toContain('for Contoso');
  });
});

describe('the file of a kept world', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kept-world-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const worldAt = (aheadInMs: number): KeptWorld => ({
    version: currentVersion,
    aheadInMs,
    tenant: {} as KeptWorld['tenant'],
    teams: {} as KeptWorld['teams'],
  });

  it('is written while the world lives, whole or not at all, and a last time at the end', async () => {
    const path = join(folder, 'world.json');
    let ahead = 1;
    const keeper = keepWorld(path, () => worldAt(ahead), 1);
    while ((await readKeptWorld(path)) === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    ahead = 2;
    await keeper.stop();
    expect((await readKeptWorld(path))?.aheadInMs).toBe(2);
    expect(await readdir(folder)).toEqual(['world.json']);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: currentVersion });
  });

  it('is refused when another version wrote it', async () => {
    const path = join(folder, 'world.json');
    expect(await readKeptWorld(path)).toBeUndefined();
    await writeFile(path, '{"version":0}');
    await expect(readKeptWorld(path)).rejects.toThrow('another version');
  });
});
