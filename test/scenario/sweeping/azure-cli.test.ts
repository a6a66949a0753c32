import { startWorld, type World } from '../../world.ts';
import { formInputs, sendRequest } from '../steps.ts';
import { noAzureCli, openAzureCli, type AzureCli } from './azure-cli.ts';

type Exemption = Readonly<Record<'id' | 'name' | 'displayName' | 'exemptionCategory' | 'expiresOn', string>> & {
  readonly policyDefinitionReferenceIds: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** Each command starts Python and the Azure SDKs. */
const patience = 300_000;

/** A client that nobody here wrote: Microsoft's command line, signed in as Pat, who is never in Teams. */
(noAzureCli === undefined ? describe : describe.skip)(noAzureCli ?? 'the real Azure CLI as the portal', () => {
  let world: World;
  let cli: AzureCli;
  let group: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    group = world.tenant.resourceGroups.find(({ name }) => name === 'rg-shop-prod')!.id;
    cli = await openAzureCli(world.azure.url, 'pat', group.split('/')[2]!);
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().tick();
  }, patience);
  afterAll(async () => {
    await cli.close();
    await world.close();
  });

  const az = <T>(words: string) => cli.az(...words.split(' ')) as Promise<T>;
  const posts = () => world.teams.messages('#security-alerts').map(({ visibleText }) => visibleText);
  const heardAfter = async (happens: () => Promise<unknown>): Promise<string[]> => {
    const before = posts().length;
    await happens();
    await world.clock.advance('PT6M');
    await world.clock.advance('PT6M');
    return posts().slice(before);
  };
  const benchmark = '/providers/Microsoft.Management/managementGroups/contoso/providers/Microsoft.Authorization';
  const byHand = () => `--name by-hand --scope ${group}`;

  it(
    'creates an exemption, and the channel hears that it was made outside',
    async () => {
      const reference = 'secretsExpirationSet';
      let made: Exemption | undefined;
      const heard = await heardAfter(async () => {
        made = await az(
          `policy exemption create ${byHand()} --policy-assignment ${benchmark}/policyAssignments/Deploy-MDC-MCSB` +
            ` --policy-definition-reference-ids ${reference} --exemption-category Waiver --display-name ByHand` +
            ` --expires-on ${new Date(world.clock.now().getTime() + 60 * 86_400_000).toISOString()} --metadata ticket=42`,
        );
      });

      expect(made).toMatchObject({
        id: `${group}/providers/Microsoft.Authorization/policyExemptions/by-hand`,
        policyDefinitionReferenceIds: [reference],
        metadata: { ticket: '42' },
        systemData: { createdBy: 'pat@contoso.com', createdByType: 'User' },
      });
      expect(heard).toEqual([
        expect.stringMatching(/created outside Exemption Desk[^]*expiration date[^]*pat@contoso\.com/),
      ]);
    },
    patience,
  );

  it(
    'shows, changes and lists it, and the channel hears what changed',
    async () => {
      const shown = await az<Exemption>(`policy exemption show ${byHand()}`);
      let changed: Exemption | undefined;
      const heard = await heardAfter(async () => {
        changed = await az(`policy exemption update ${byHand()} --exemption-category Mitigated`);
      });

      expect(changed).toMatchObject({
        ...shown,
        exemptionCategory: 'Mitigated',
        systemData: expect.anything() as object,
      });
      expect(heard).toEqual([expect.stringContaining('Category changed from Waiver to Mitigated')]);
      expect(await az(`policy exemption list --scope ${group}`)).toEqual([changed]);
    },
    patience,
  );

  it(
    'deletes it, and the channel hears of that',
    async () => {
      const heard = await heardAfter(() => az(`policy exemption delete ${byHand()}`));
      expect(heard).toEqual([expect.stringMatching(/deleted[^]*expiration date[^]*rg-shop-prod[^]*did not delete it/)]);
      await expect(az(`policy exemption show ${byHand()}`)).rejects.toThrow('PolicyExemptionNotFound');
    },
    patience,
  );

  it(
    'shows what Exemption Desk wrote after an approval, page by page; deleting it is told',
    async () => {
      const reference = await sendRequest(world, 'alice');
      await world.teams.say('bob', 'personal', `approve ${reference}`);
      await world.app().idle();
      world.tenant.settings.pageSize = 2;
      const all = await az<readonly Exemption[]>('policy exemption list --disable-scope-strict-match');
      world.tenant.settings.pageSize = 100;
      const ours = all.filter(({ metadata }) => JSON.stringify(metadata).includes(reference));

      expect(ours.length).toBeGreaterThan(1);
      expect(all.length).toBeGreaterThan(ours.length);
      for (const { displayName } of ours) expect(displayName).toContain(formInputs.name);

      await world.clock.advance('PT1H');
      const heard = await heardAfter(() => cli.az('policy', 'exemption', 'delete', ...placeOf(ours[0]!)));
      expect(heard).toEqual([expect.stringContaining(reference)]);
    },
    patience,
  );

  it(
    'lists and shows what Defender says about the subscription',
    async () => {
      const assessments =
        await az<readonly { id: string; name: string; status: { code: string } }[]>('security assessment list');
      const resource = assessments[0]!.id.split('/providers/Microsoft.Security/')[0]!;
      const [shown, scores, metadata] = await Promise.all([
        az(`security assessment show --name ${assessments[0]!.name} --assessed-resource-id ${resource}`),
        az<readonly object[]>('security secure-scores list'),
        az(`security assessment-metadata show --name ${assessments[0]!.name}`),
      ]);

      expect(new Set(assessments.map(({ status }) => status.code))).toContain('Unhealthy');
      expect(shown).toMatchObject({ id: assessments[0]!.id, status: assessments[0]!.status });
      expect(scores).toEqual([expect.objectContaining({ name: 'ascScore' })]);
      expect(metadata).toMatchObject({ name: assessments[0]!.name, assessmentType: 'BuiltIn' });
    },
    patience,
  );
});

const placeOf = ({ id, name }: Exemption): string[] => [
  '--name',
  name,
  '--scope',
  id.split('/providers/Microsoft.Authorization/policyExemptions/')[0]!,
];
