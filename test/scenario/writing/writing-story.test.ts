import { normalised } from '../../../simulator/tenant/arm-id.ts';
import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import { holdersInForce } from '../../../simulator/tenant/assignments-in-force.ts';
import type { PolicyExemption } from '../../../simulator/tenant/policy-exemption.ts';
import type { Person } from '../../../simulator/tenant/person.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { formInputs, latest, storageRecommendation } from '../steps.ts';

/** What is written is what Azure needs, however policies are assigned: at a small tidy company and at a large untidy one. */
describe.each(companies)('writing at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let wanted: readonly Assessment[];
  let promised: number;
  let reference: string;
  const { said, request, lastCard, press, written } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    await world.teams.say(people.approver.key, '#approvals', `@Exemption Desk approvals here for ${people.top.name}`);
    await world.app().tick();
    wanted = oneOfEach();
  }, patience);
  afterAll(() => world.close());

  const say = (person: Person, text: string) => said(person.key, text);
  const holders = ({ resource, recommendation }: Assessment) =>
    holdersInForce(world.tenant, resource.id, recommendation.policyDefinitionId ?? '');
  /** Of what is open of one recommendation, one resource for each way in which policies are assigned to it and its id is spelled. */
  const oneOfEach = (): readonly Assessment[] => {
    const disabled = new Set(
      world.tenant.subscriptions.flatMap(({ state, subscriptionId }) => (state === 'Disabled' ? [subscriptionId] : [])),
    );
    const open = people
      .openFor(people.auditor)
      .filter(({ recommendation }) => recommendation.displayName === storageRecommendation)
      .filter(({ resource }) => !disabled.has(resource.subscriptionId))
      .filter(({ resource }) => people.seesAndMay(people.approver, 'write exemptions', resource.id));
    const ways = new Map(
      open.map((each) => [
        JSON.stringify([
          holders(each).map(({ assignment }) => assignment.name),
          each.resource.id.includes('resourceGroups'),
        ]),
        each,
      ]),
    );
    return [...ways.values()];
  };
  const statuses = () =>
    wanted.map(({ resource, recommendation }) => {
      const status = people.statusOf(resource.id, recommendation.assessmentKey);
      return `${status?.code ?? ''} ${status?.cause ?? ''}`;
    });
  const adopt = async (person: Person, { name }: PolicyExemption): Promise<string> => {
    await say(person, `exemption ${name}`);
    const purpose = 'It is needed until the new platform is there.';
    await world.teams.press(person.key, latest(world, person.key).id, 'Adopt this exemption', { purpose });
    await world.app().idle();
    return latest(world, person.key).visibleText;
  };
  const inForce = (isMeant: (each: PolicyExemption) => boolean): PolicyExemption | undefined =>
    world.tenant.exemptions
      .all()
      .filter(({ scope }) => people.seesAndMay(people.approver, 'write exemptions', scope))
      .filter(({ properties: { expiresOn } }) => expiresOn === undefined || new Date(expiresOn) > world.clock.now())
      .filter(({ properties }) => properties.policyDefinitionReferenceIds !== undefined)
      .find(isMeant);

  it('asks for several resources in one line and says what each assignment gets', async () => {
    const { auditor } = people;
    expect(wanted.length).toBeGreaterThan(1);
    const names = wanted.map(({ resource }) => `"${resource.id}"`).join(', ');
    await say(auditor, `exempt ${names} from ${wanted[0]!.recommendation.assessmentKey} for 30 days as waiver`);
    const form = latest(world, auditor.key).id;
    await world.teams.press(auditor.key, form, 'Preview', { justification: formInputs.justification });
    const preview = latest(world, auditor.key).visibleText;
    expect(preview).toContain('Check your request');
    promised = Number(/In total (\d+) exemptions, one for each policy assignment and scope/.exec(preview)?.[1]);
    expect(promised).toBeGreaterThanOrEqual(wanted.flatMap(holders).length);
    await world.teams.press(auditor.key, form, 'Send', {});
    await world.app().idle();
    reference = /EX-[0-9A-Z]+/.exec(latest(world, auditor.key).visibleText)![0];
  });

  it('writes one exemption for each assignment in force, with the references of its version', async () => {
    await press(people.approver.key, '#approvals', reference, `Approve ${reference}`);
    expect(await request(reference)).toMatchObject({ status: 'applied', failure: undefined });

    const ours = written(reference);
    for (const each of wanted)
      for (const { assignment, referenceIds } of holders(each)) {
        const found = ours.filter(
          ({ scope, properties }) =>
            normalised(scope) === normalised(each.resource.id) &&
            normalised(properties.policyAssignmentId) === normalised(assignment.id),
        );
        expect(found.map(({ properties }) => properties.policyDefinitionReferenceIds ?? [])).toEqual([referenceIds]);
      }
    expect(ours).toHaveLength(promised);
    // Whom a selector means is not known beforehand, so what it may leave out is exempted from as well.
    const isSelective = ({ properties }: PolicyExemption): boolean =>
      world.tenant.policyAssignments.some(
        ({ id, resourceSelectors = [] }) =>
          resourceSelectors.length > 0 && normalised(id) === normalised(properties.policyAssignmentId),
      );
    const sure = ours.filter((each) => !isSelective(each));
    expect(sure.length).toBeLessThanOrEqual(wanted.flatMap(holders).length);
  });

  it(
    'and Defender agrees that all of it is exempt',
    async () => {
      await world.clock.advance('PT1H');
      expect(statuses()).toEqual(wanted.map(() => 'NotApplicable Exempt'));
      expect(await say(people.auditor, `request ${reference}`)).toContain('In effect');
    },
    patience,
  );

  it(
    'takes all of it away again when it is revoked',
    async () => {
      await say(people.approver, `revoke ${reference} "The uploader is gone, all of it."`);
      await world.app().idle();
      await world.clock.advance('PT1H');
      expect(written(reference)).toEqual([]);
      expect(statuses()).toEqual(wanted.map(() => 'Unhealthy '));
      expect(lastCard(people.auditor.key, reference).visibleText).toContain('The uploader is gone, all of it.');
    },
    patience,
  );

  it('adopts what never ends as it is', async () => {
    const endless = inForce(
      ({ properties: { expiresOn = '9999', metadata, ...rest } }) =>
        expiresOn.startsWith('9999') && metadata === undefined && !('reviewCadence' in rest),
    )!;
    const { properties: before } = endless;
    expect(await adopt(people.approver, endless)).toMatch(/EX-[0-9A-Z]+[^]*Never/);
    const { properties: after } = world.tenant.exemptions.find(endless.id)!;
    expect(after).toMatchObject({
      policyAssignmentId: before.policyAssignmentId,
      policyDefinitionReferenceIds: before.policyDefinitionReferenceIds,
    });
    expect(after.resourceSelectors).toEqual(before.resourceSelectors);
    expect(after.exemptionCategory.toLowerCase()).toBe(before.exemptionCategory.toLowerCase());
    expect(after.expiresOn ?? '9999').toMatch(/^9999/);
    expect(after.description).toContain('It is needed until the new platform is there.');
  });

  it('leaves alone what a program keeps in files of its own, and says which', async () => {
    const kept = inForce(({ properties }) => {
      const metadata = JSON.stringify(properties.metadata ?? {});
      // Exemption Desk leaves the mark as well, so that EPAC leaves its exemptions alone.
      return metadata.includes('"pacOwnerId"') && !metadata.includes('exemptionDesk');
    })!;
    await say(people.approver, `exemption ${kept.name}`);
    const { cards, visibleText } = latest(world, people.approver.key);
    expect(visibleText).toContain('EPAC');
    expect(JSON.stringify(cards)).not.toMatch(/"(adopt|revoke)-exemption"/);
    expect(world.tenant.exemptions.find(kept.id)).toEqual(kept);
  });

  it(
    'leaves alone what has a member that it does not know, and says which',
    async () => {
      const member = 'reviewCadence';
      const known = inForce(({ properties }) => member in properties && properties.metadata === undefined);
      const plain = inForce(({ properties }) => properties.metadata === undefined)!;
      if (known === undefined) {
        world.tenant.settings.laterProperties = { [member]: '2027-03-01-preview' };
        world.tenant.exemptions.write({
          ...plain,
          properties: Object.assign({}, plain.properties, { [member]: 'P90D' }),
        });
        await world.clock.advance('PT6M');
      }
      const { id } = known ?? plain;
      const before = world.tenant.exemptions.find(id)!;
      expect(await adopt(people.approver, before)).toContain(`carries properties.${member}`);
      expect(world.tenant.exemptions.find(id)).toEqual(before);
    },
    patience,
  );
});
