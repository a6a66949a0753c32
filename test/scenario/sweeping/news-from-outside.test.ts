import { startWorld, timeFrom, type World } from '../../world.ts';
import { buildExemption } from '../../../src/workflow/plan/build-exemption.ts';
import { latest, offered, sendRequest, storageRecommendation } from '../steps.ts';

/** At noon in Berlin, so that the first hours are of one day. */
const noon = Date.parse('2026-11-20T11:00:00Z');

/** What others do in Azure behind the desk's back to an exemption that was asked for, approved and written. */
describe('an approved exemption that somebody meddles with', () => {
  let world: World;
  let reference: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', time: timeFrom(noon) });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
    reference = await sendRequest(world, 'alice');
    await world.teams.say('bob', 'personal', `approve ${reference}`);
    await world.app().idle();
    await world.clock.advance('PT1H');
  }, 120_000);
  afterAll(() => world.close());

  const control = (name: string, body: object) => world.control[`POST /simulator/${name}`]!(body);
  const ours = () =>
    world.tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference));
  const on = (assignment: string) =>
    ours().find(({ properties }) => properties.policyAssignmentId.includes(assignment))!;
  const posts = () => world.teams.messages('#security-alerts').map(({ visibleText }) => visibleText);
  /** What the channel hears when something happens, over two sweeps. */
  const heardAfter = async (happens: () => Promise<unknown>): Promise<string[]> => {
    const before = posts().length;
    await happens();
    await world.clock.advance('PT6M');
    await world.clock.advance('PT6M');
    return posts().slice(before);
  };

  it('is told once as created, and our own writing is no change', async () => {
    expect(posts().filter((text) => text.includes(reference))).toEqual([expect.stringContaining('Exemption created')]);

    const { desk } = world.app();
    const request = (await desk.database.requests.find(reference))!;
    const heard = await heardAfter(async () => {
      for (const target of request.targets) await desk.exemptions.write(buildExemption(request, target));
    });
    expect(heard).toEqual([]);
  });

  it('is told with how much longer it lasts than was approved, once for all of its exemptions', async () => {
    const heard = await heardAfter(async () => {
      for (const { id } of ours()) await control('portal-change', { exemption: id, expiresInDays: 90 });
    });

    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('longer than approved');
    expect(heard[0]).toMatch(/Expiry changed from .* to .*: 60 days longer than approved\./);
    expect(heard[0]).toContain('3 exemptions, one per policy assignment');
    expect(heard[0]!.match(/Changed by pat@contoso\.com on [^\n]+ \(Europe\/Berlin\)\./g)).toHaveLength(1);
    const [card] = (await world.teams.say('alice', 'personal', `exemption ${on('nist').name}`)).replies;
    expect(card!.visibleText).toMatch(/Last changed\nby pat@contoso\.com on /);
    expect(heard[0]).toContain(reference);
  });

  it('is told field by field', async () => {
    const changes = { exemptionCategory: 'Mitigated', displayName: 'Harmless', description: 'Nothing to see here' };
    const [heard, ...more] = await heardAfter(() => control('portal-change', { exemption: on('nist').id, ...changes }));

    expect(more).toEqual([]);
    expect(heard).toContain('Category changed from Waiver to Mitigated.');
    expect(heard).toContain('Name changed from “Legacy uploader” to “Harmless”.');
    expect(heard).toContain('Description changed.');
    expect(heard).not.toContain('Nothing to see here');
  });

  it('is not told when it is put back to what was approved', async () => {
    const { desk } = world.app();
    const request = (await desk.database.requests.find(reference))!;
    const heard = await heardAfter(async () => {
      for (const target of request.targets) await desk.exemptions.write(buildExemption(request, target));
    });
    expect(heard).toEqual([]);
  });

  it('is not told as deleted while Resource Graph only does not show it', async () => {
    const heard = await heardAfter(() => control('settings', { resourceGraphDelay: 'P1D' }));
    expect(heard).toEqual([]);
    expect(await heardAfter(() => control('settings', { resourceGraphDelay: 'PT0S' }))).toEqual([]);
  });

  it('is told as deleted once Azure says so', async () => {
    const heard = await heardAfter(() => control('portal-delete', { exemption: on('nist').id }));

    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('Exemption deleted: the recommendation is open again');
    expect(heard[0]).toContain(reference);
  });

  it('is told as orphaned when its policy assignment goes, and as orphaned it is listed', async () => {
    const heard = await heardAfter(() => control('unassign', { assignment: 'SecurityCenterBuiltIn' }));

    expect(heard).toEqual(expect.arrayContaining([expect.stringContaining('Exemption orphaned')]));
    const own = heard.filter((text) => text.includes(reference));
    expect(own).toHaveLength(1);
    await world.teams.say('bob', 'personal', 'exemptions orphaned');
    expect(latest(world, 'bob').visibleText).toContain('Legacy uploader');
  });

  it('leaves a gap when an initiative is assigned later, and offers to extend what was approved', async () => {
    const scope = '/providers/Microsoft.Management/managementGroups/online';
    const wish = { initiative: 'NIST SP 800-53 Rev. 5', scope, name: 'nist-again' };
    const heard = await heardAfter(() => control('assign-initiative', wish));

    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('Coverage gap');
    expect(heard[0]).toContain('nist-again');
    expect(
      await heardAfter(() =>
        control('assign-initiative', {
          ...wish,
          scope: '/providers/Microsoft.Management/managementGroups/sandbox',
          name: 'elsewhere',
        }),
      ),
    ).toEqual([]);

    const card = latest(world, '#security-alerts');
    await world.clock.advance('PT1H');
    await world.teams.press('alice', card.id, 'Extend as a message', {});
    const form = latest(world, 'alice');
    expect(form.visibleText).toContain(storageRecommendation);
    expect(JSON.stringify(form.cards)).toContain('The old uploader cannot speak TLS until it is replaced in spring.');
    await world.teams.press('alice', form.id, 'Preview', {
      scope: 'resources',
      resources: offered(world, 'alice', form.id, 'stshopprod'),
      name: 'Legacy uploader',
      category: 'Waiver',
      expiry: '7',
      justification: 'The old uploader cannot speak TLS until it is replaced in spring.',
    });
    expect(latest(world, 'alice').visibleText).toContain('nist-again');
    await world.teams.press('dan', card.id, 'Extend as a message', {});
    expect(posts().join('\n')).not.toContain('Request an exemption');
  });

  it('is told as no longer needed, once, when what it exempts is mended underneath', async () => {
    await world.clock.advance('P1D');
    const heard = await heardAfter(async () => {
      await control('remedy', { resource: 'stshopprod', recommendation: storageRecommendation });
      await world.clock.advance('P1D');
      await world.clock.advance('P1D');
    });

    const needless = heard.filter((text) => text.includes('no longer needed'));
    expect(needless).toHaveLength(1);
    expect(needless[0]).toContain(reference);
    const list = await world.teams.say('alice', 'personal', 'exemptions not needed');
    expect(list.replies[0]?.visibleText).toMatch(new RegExp(`no longer needed · ${reference}`));
    const card = latest(world, 'alice');
    const [, id] = /"verb":"show-exemption","id":"([^"]+)"/.exec(JSON.stringify(card.cards)) ?? [];
    const { replies } = await world.teams.submit('alice', card.id, { verb: 'show-exemption', id });
    expect(replies.at(-1)?.visibleText).toContain('compliant without it');
  });

  it('is told as gone with its resource, not as deleted', async () => {
    const heard = await heardAfter(() => control('delete-resource', { resource: 'stshopprod' }));

    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('Exemption deleted together with its scope');
  });
});
