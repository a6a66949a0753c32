import { managementGroupId } from '../../../simulator/tenant/arm-id.ts';
import { botPrincipal } from '../../../simulator/tenant/person.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import { startWorld, type World } from '../../world.ts';
import { formInputs, offered, openForm, storageRecommendation } from '../steps.ts';

/** What somebody is told between filling in the form and sending it. */
describe('the preview of a request', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
  });
  afterAll(() => world.close());

  /** The text of the preview; policy is remembered for a minute, so each look comes two minutes later. */
  const preview = async (person = 'alice', label = 'stshopprod', title = storageRecommendation) => {
    await world.clock.advance('PT2M');
    const form = await openForm(world, person, title);
    const resources = offered(world, person, form, label);
    await world.teams.press(person, form, 'Preview', { ...formInputs, resources });
    return world.teams.messages(person).find((message) => message.id === form)?.visibleText ?? '';
  };

  /** Puts other things into one of the tenant's lists for the time of a test. */
  const during = async <Item>(list: Item[], items: readonly Item[], work: () => Promise<void>): Promise<void> => {
    const kept = list.splice(0, list.length, ...items);
    try {
      await work();
    } finally {
      list.splice(0, list.length, ...kept);
    }
  };
  const assignmentNamed = (name: string) => world.tenant.policyAssignments.find((each) => each.name === name)!;
  const withChanged = (name: string, change: object, work: () => Promise<void>) =>
    during(
      world.tenant.policyAssignments,
      world.tenant.policyAssignments.map((each) => (each.name === name ? { ...each, ...change } : each)),
      work,
    );

  it('names every initiative, and nothing in the way', async () => {
    const text = await preview();
    expect(text).toContain('This recommendation is included in several policy initiatives: ');
    expect(text).toContain('Exemptions will be created on all of them.');
    expect(text).not.toMatch(/Blocked|Warning:|Not checked/);
  });

  it('cannot be sent for a managed resource group, whatever rights the requester has', async () => {
    const text = await preview('bob', 'dbstoragex7k2q');
    expect(text).toContain('This request cannot be sent');
    expect(text).toMatch(/Blocked: The deny assignment “System deny assignment created by Azure Databricks/);
  });

  it('cannot be sent under a lock, and can again without it', async () => {
    const scope = world.tenant.resourceGroups.find(({ name }) => name === 'rg-shop-prod')?.id;
    await world.control['POST /simulator/lock']?.({ scope, level: 'ReadOnly' });
    expect(await preview()).toContain('Blocked: The lock “do-not-touch” on shop-prod / rg-shop-prod');
    await world.control['POST /simulator/unlock']?.({ scope });
    expect(await preview()).not.toContain('Blocked');
  });

  it('cannot be sent for a disabled subscription, and says that an unpaid one will be disabled', async () => {
    const inState = (state: 'Disabled' | 'PastDue') =>
      world.tenant.subscriptions.map((each) => (each.name === 'shop-prod' ? { ...each, state } : each));
    await during(world.tenant.subscriptions, inState('Disabled'), async () => {
      await world.clock.advance('PT5M');
      const text = await preview();
      expect(text).toContain('This request cannot be sent');
      expect(text).toContain('Blocked: The subscription shop-prod is disabled, so Azure accepts no exemption there.');
    });
    await during(world.tenant.subscriptions, inState('PastDue'), async () => {
      await world.clock.advance('PT5M');
      expect(await preview()).toContain('Warning: The subscription shop-prod will be disabled soon unless its bill');
    });
    await world.clock.advance('PT5M');
  });

  it('says what was not checked where Azure does not answer', async () => {
    await world.control['POST /simulator/faults']?.({ kind: '500', match: '/locks' });
    expect(await preview()).toContain('Not checked: Azure did not say whether a resource lock');
    await world.control['POST /simulator/faults/clear']?.({});
  });

  it('leaves out an initiative whose selectors do not mean the resource', async () => {
    const elsewhere = [{ name: 'north', selectors: [{ kind: 'resourceLocation', in: ['northeurope'] }] }];
    const reader = { ...world.tenant.roleAssignments[0]!, name: 'r', scope: managementGroupId('contoso') };
    const { objectId: principalId } = botPrincipal;
    await withChanged('nist-sp-800-53-r5', { resourceSelectors: elsewhere }, async () => {
      expect(await preview()).toMatch(
        /Not checked: Azure did not say where .*resource selectors of NIST SP 800-53 Rev\. 5/,
      );
      const bot = { ...reader, role: roles.reader, principalId, principalType: 'ServicePrincipal' as const };
      await during(world.tenant.roleAssignments, [...world.tenant.roleAssignments, bot], async () => {
        expect(await preview()).not.toContain('NIST');
      });
    });
  });

  it('minds an initiative without enforcement or with the policy disabled, and a tool that would revert', async () => {
    await withChanged('nist-sp-800-53-r5', { enforcementMode: 'DoNotEnforce' }, async () => {
      expect(await preview()).toContain('Warning: NIST SP 800-53 Rev. 5 is assigned without enforcement.');
    });
    await withChanged('SecurityCenterBuiltIn', { metadata: { pacOwnerId: 'platform' } }, async () => {
      expect(await preview()).toContain('Warning: EPAC manages policy at this scope');
    });
  });

  it('cannot be sent while an initiative cannot be read', async () => {
    const policyDefinitionId = `${assignmentNamed('corp-baseline').policyDefinitionId}-gone`;
    await withChanged('nist-sp-800-53-r5', { policyDefinitionId }, async () => {
      expect(await preview()).toMatch(/Blocked: [^.]*could not read the initiative behind NIST SP 800-53 Rev\. 5/);
    });
  });

  it('cannot be sent where the rights of Exemption Desk end below an initiative', async () => {
    const shop = assignmentNamed('SecurityCenterBuiltIn').scope;
    const own = world.tenant.roleAssignments.filter(({ principalId }) => principalId === botPrincipal.objectId);
    const others = world.tenant.roleAssignments.filter((each) => !own.includes(each));
    const reading = own.map((each) => ({ ...each, role: roles.reader }));
    const writing = own.map((each) => ({ ...each, name: 'below', scope: shop }));
    await during(world.tenant.roleAssignments, [...others, ...reading, ...writing], async () => {
      const text = await preview();
      expect(text).toContain('This request cannot be sent');
      expect(text).toMatch(/Blocked: Exemption Desk may not exempt from .*policyAssignments\/exempt\/action/);
    });
    await during(world.tenant.roleAssignments, [...others, ...writing], async () => {
      expect(await preview()).toContain('Exemption Desk may not exempt from');
    });
  });
});
