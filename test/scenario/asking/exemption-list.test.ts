import { startWorld, type World } from '../../world.ts';
import { latest } from '../steps.ts';

describe('the list of exemptions', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');

  it('shows what was made together once, and on how many policy assignments it stands', async () => {
    const text = await said('carol', 'exemptions Firewall');

    expect(text.match(/Firewall should be enabled on Key Vault/g)).toHaveLength(1);
    expect(text).toContain('on 3 policy assignments');
  });

  it('names them all on the one exemption', async () => {
    await said('carol', 'exemptions Firewall');
    const list = world.teams.messages('carol').at(-1)!;
    const [, id] = /"verb":"show-exemption","id":"([^"]+)"/.exec(JSON.stringify(list.cards)) ?? [];
    const { replies } = await world.teams.submit('carol', list.id, { verb: 'show-exemption', id });

    expect(replies.at(-1)?.visibleText).toContain(
      'Corp security baseline, Microsoft cloud security benchmark, NIST SP 800-53 Rev. 5',
    );
  });

  it('tells the expired, the orphaned and the endless apart', async () => {
    expect(await said('carol', 'exemptions expired')).toContain('Auditing on SQL server should be enabled');
    expect(await said('carol', 'exemptions orphaned')).toContain('Orphaned');
    expect(await said('carol', 'exemptions never expires')).toMatch(/Never expires/);
    expect(await said('carol', 'exemptions expiring 3d')).not.toContain('Firewall');
  });

  it('says of each kind how many there are, as the report and each of the lists do', async () => {
    const choicesAfter = async (text: string): Promise<Record<string, number>> => {
      await said('carol', text);
      const titles = JSON.stringify(latest(world, 'carol').cards).matchAll(/"title":"([A-Z][a-z ]+) \((\d+)\)"/g);
      return Object.fromEntries([...titles].map(([, title, count]) => [title!, Number(count)]));
    };
    const rowsAfter = async (text: string): Promise<number> => {
      const [, found] = / of (\d+)/.exec(await said('carol', text)) ?? [];
      const rows = JSON.stringify(latest(world, 'carol').cards).matchAll(/"verb":"show-exemption","id":"([^"]+)"/g);
      return found === undefined ? new Set([...rows].map(([, id]) => id)).size : Number(found);
    };
    const counts = await choicesAfter('exemptions');
    expect(Object.keys(counts)).toEqual([
      'All',
      'Ending soon',
      'Never expire',
      'Expired',
      'Orphaned',
      'Created outside',
    ]);
    expect(await choicesAfter('exemptions orphaned')).toEqual(counts);
    for (const [title, command] of [
      ['Ending soon', 'expiring 30d'],
      ['Never expire', 'never expires'],
      ['Expired', 'expired'],
      ['Orphaned', 'orphaned'],
      ['Created outside', 'outside'],
    ] as const)
      expect({ title, rows: await rowsAfter(`exemptions ${command}`) }).toEqual({ title, rows: counts[title] });
    expect(await said('carol', 'report')).toContain(`End within 30 days\n${counts['Ending soon']}\n`);
    const bars = JSON.stringify(latest(world, 'carol').cards);
    for (const [label, title] of [
      ['Never end', 'Never expire'],
      ['Expired, still in Azure', 'Expired'],
      ['Orphaned', 'Orphaned'],
      ['Created outside', 'Created outside'],
    ] as const)
      expect(bars).toContain(`"x":"${label}","y":${counts[title]}`);
  });

  it('leaves out the exemption of an ordinary tagging policy, unless such are asked for', async () => {
    expect(await said('carol', 'exemptions tag')).toContain('What you asked for hides all');

    const others = await said('carol', 'exemptions other policies');
    expect(others).toContain('Owner tag of the shop platform');
    expect(others).not.toContain('Firewall');
    expect(await said('carol', 'exemption Owner tag of the shop platform')).toContain(
      'does not belong to any Defender recommendation',
    );
    expect(JSON.stringify(latest(world, 'carol').cards)).not.toContain('adopt-exemption');
    expect(await said('alice', 'exemptions other policies')).toContain('What you asked for hides');
  });

  it('keeps ordinary ones apart, and never shows one in the place of a Defender one of the same name', async () => {
    const { exemptions } = world.tenant;
    const tag = exemptions.all().find(({ name }) => name === 'owner-tag-of-platform')!;
    for (const name of ['ASC-kv-hr-firewall', 'another'])
      exemptions.write(
        { ...tag, id: tag.id.replace(tag.name, name), name, properties: { ...tag.properties, displayName: name } },
        { settled: true },
      );
    await world.clock.advance('PT5M');

    const others = await said('carol', 'exemptions other policies');
    for (const name of ['Owner tag of the shop platform', 'ASC-kv-hr-firewall', 'another'])
      expect(others).toContain(name);
    expect(await said('carol', 'exemption ASC-kv-hr-firewall')).toContain('Firewall should be enabled on Key Vault');
    expect(await said('carol', 'exemption another')).toContain('does not belong to any Defender recommendation');
  });

  it('says “not needed” only where nothing of what was made together is needed', async () => {
    const { seen } = world.app().desk.database;
    await world.app().tick();
    const ids = world.tenant.exemptions.all().flatMap(({ id, scope }) => (scope.endsWith('/kv-hr') ? [id] : []));
    const numbers = [...(await seen.inBrief(ids)).values()].map(({ number }) => number);
    expect(numbers).toHaveLength(3);

    await seen.markNeedless(numbers.slice(1));
    expect(await said('carol', 'exemptions not needed')).toContain('What you asked for hides all');
    await seen.markNeedless(numbers);
    expect(await said('carol', 'exemptions not needed')).toContain('no longer needed');
  });

  it('is narrowed to what holds in a subscription, from above too', async () => {
    const text = await said('carol', 'exemptions sub:corp-prod');

    expect(text).toContain('Firewall should be enabled on Key Vault');
    expect(text).not.toContain('shop-prod');
    expect(await said('carol', 'exemptions sub:nowhere')).toContain('that you can read is called “nowhere”');
    expect(await said('carol', `exemptions sub:${'x'.repeat(257)}`)).toContain('may have 256 characters');
    const group = world.tenant.resources.find(({ name }) => name === 'kv-hr')!.id.split('/providers/')[0]!;
    expect(await said('carol', `exemptions sub:${group}`)).toContain('Firewall should be enabled on Key Vault');
    expect(await said('carol', 'exemptions severity:high')).toContain('Filters here are sub:');
  });

  it('says of one that a wider one exempts the same', async () => {
    const { exemptions, resources } = world.tenant;
    const wide = exemptions.all().find(({ name }) => name === 'sandbox-anna-all')!;
    const resource = resources.find(({ id }) => id.toLowerCase().startsWith(`${wide.scope.toLowerCase()}/`))!;
    const narrow = {
      ...wide,
      id: `${resource.id}/providers/Microsoft.Authorization/policyExemptions/narrow`,
      name: 'narrow',
      scope: resource.id,
      properties: {
        ...wide.properties,
        displayName: 'Narrow one',
        policyDefinitionReferenceIds: ['diagnosticsLogsInKeyVaultMonitoring'],
        expiresOn: new Date(world.clock.now().getTime() + 864e5).toISOString(),
      },
    };
    exemptions.write(narrow, { settled: true });
    await world.clock.advance('PT5M');

    const card = await said('carol', 'exemption Narrow one');
    expect(card).toContain('It adds nothing: a wider exemption covers the same');
    expect(card).toMatch(/Covered by\s+Everything in the sandbox of Anna/);
    exemptions.write(
      { ...narrow, properties: { ...narrow.properties, expiresOn: '2099-01-01T00:00:00Z' } },
      { settled: true },
    );
    await world.clock.advance('PT1M');
    expect(await said('carol', 'exemption Narrow one')).not.toContain('It adds nothing');
  });

  it('shows to Alice none of other teams', async () => {
    expect(await said('alice', 'exemptions')).not.toContain('corp');
  });
});
