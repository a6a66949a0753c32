import type { EveryExemption } from '../../src/core/inventory/every-exemption.ts';
import type { ExemptionGateway, ExemptionToWrite } from '../../src/core/exemption/exemption.ts';
import { scopesAbove } from '../../src/core/tenant/arm-id.ts';
import type { Hierarchy } from '../../src/core/tenant/hierarchy.ts';

/** A gateway with an Azure behind it that a test can change. */
export type GatewayUnderTest = {
  readonly gateway: ExemptionGateway;
  readonly every: EveryExemption;
  readonly hierarchy: Hierarchy;
  /** A scope that is there, and an assignment of an initiative that reaches it, with a reference id of it. */
  readonly scope: string;
  readonly assignmentId: string;
  readonly referenceId: string;
  /** An assignment that does not reach the scope. */
  readonly elsewhere: string;
  /** A scope that is not there. */
  readonly goneScope: string;
  readonly lock: (level: 'ReadOnly' | 'CanNotDelete') => void;
  readonly takeRightsFromBot: () => void;
  /** Changes an exemption as somebody does in the portal: narrows it to one place. */
  readonly narrowInPortal: (id: string) => void;
};

const idAt = (scope: string, name: string): string =>
  `${scope}/providers/Microsoft.Authorization/policyExemptions/${name}`;

/** What every exemption gateway promises. */
export const describeExemptionGateway = (name: string, make: () => Promise<GatewayUnderTest>): void => {
  describe(`the exemption gateway of ${name}`, () => {
    let under: GatewayUnderTest;
    let exemption: ExemptionToWrite;
    beforeEach(async () => {
      under = await make();
      exemption = {
        id: idAt(under.scope, 'ED-contract'),
        policyAssignmentId: under.assignmentId,
        referenceIds: [under.referenceId],
        category: 'Waiver',
        displayName: 'Until the migration',
        description: 'They move.',
        expiresAt: new Date('2027-06-30T22:59:59.000Z'),
        metadata: { request: 'EX-0001' },
      };
    });
    const refusal = (work: Promise<unknown>) => expect(work).rejects;

    it('gives back what was written, by its id, in its list and on its pages', async () => {
      const { gateway, scope, referenceId, hierarchy } = under;
      expect(await gateway.read(exemption.id)).toBeUndefined();
      expect(await gateway.fate(exemption.id)).toBe('deleted');
      const written = await gateway.write(exemption);
      const expected = {
        scope,
        name: 'ED-contract',
        referenceIds: [referenceId],
        category: 'Waiver',
        displayName: 'Until the migration',
        description: 'They move.',
        expiresAt: exemption.expiresAt,
        requestReference: 'EX-0001',
      };
      expect(await gateway.read(exemption.id)).toMatchObject(expected);
      expect(written).toEqual(await gateway.read(exemption.id));
      expect(await gateway.fate(exemption.id)).toBe('there');
      const isOurs = ({ id }: { readonly id: string }) => id.toLowerCase() === exemption.id.toLowerCase();
      const [above = scope] = scopesAbove(scope).slice(1);
      for (const near of [scope, above, `${scope}/providers/Microsoft.Other/parts/p`])
        expect((await gateway.near([near], hierarchy)).find(isOurs)).toMatchObject(expected);
      expect((await gateway.near([`${scope}x`], hierarchy)).some(isOurs)).toBe(false);
      const paged = [];
      for await (const page of under.every.ofPolicy()) paged.push(...page);
      expect(paged.find(isOurs)).toMatchObject(expected);
    });

    it('finds an id in any casing', async () => {
      await under.gateway.write(exemption);
      expect(await under.gateway.read(exemption.id.replace('ED-contract', 'ed-CONTRACT'))).toBeDefined();
    });

    it('replaces, but keeps what others added', async () => {
      const { gateway } = under;
      await gateway.write(exemption);
      under.narrowInPortal(exemption.id);
      await gateway.write({ ...exemption, category: 'Mitigated', expiresAt: undefined });
      expect(await gateway.read(exemption.id)).toMatchObject({ category: 'Mitigated', expiresAt: undefined });
      expect((await gateway.read(exemption.id))?.resourceSelectors).toHaveLength(1);
    });

    it('puts back exactly what stood there', async () => {
      const { gateway } = under;
      expect(await gateway.snapshot(exemption.id)).toBeUndefined();
      await gateway.write(exemption);
      const [before, snapshot] = [await gateway.read(exemption.id), await gateway.snapshot(exemption.id)];
      await gateway.write({ ...exemption, displayName: 'Other', metadata: { request: 'EX-0002' } });
      expect(await gateway.restore(exemption.id, snapshot!)).toEqual(before);
      expect(await gateway.read(exemption.id)).toEqual(before);
    });

    it('removes, and takes what is gone already for no error', async () => {
      const { gateway } = under;
      await gateway.write(exemption);
      await gateway.remove(exemption.id);
      await gateway.remove(exemption.id);
      expect(await gateway.read(exemption.id)).toBeUndefined();
    });

    it('tells an exemption that was deleted from one whose place is gone', async () => {
      expect(await under.gateway.fate(idAt(under.goneScope, 'any'))).toBe('gone-with-scope');
      expect(await under.gateway.read(idAt(under.goneScope, 'any'))).toBeUndefined();
    });

    it('takes the id of nothing else than an exemption', async () => {
      const { gateway, scope, assignmentId } = under;
      for (const id of [scope, assignmentId, `${idAt(scope, 'x')}/more`]) {
        await refusal(gateway.read(id)).toMatchObject({ code: 'invalid' });
        await refusal(gateway.remove(id)).toMatchObject({ code: 'invalid' });
        await refusal(gateway.write({ ...exemption, id })).toMatchObject({ code: 'invalid' });
      }
    });

    it('is refused what does not fit', async () => {
      const { gateway, elsewhere, goneScope } = under;
      await refusal(gateway.write({ ...exemption, referenceIds: ['no-such-reference'] })).toMatchObject({
        code: 'invalid',
      });
      await refusal(
        gateway.write({ ...exemption, policyAssignmentId: elsewhere, referenceIds: undefined }),
      ).toMatchObject({ code: 'invalid' });
      await refusal(
        gateway.write({ ...exemption, policyAssignmentId: `${exemption.policyAssignmentId}-gone` }),
      ).toMatchObject({ code: 'not-found' });
      await refusal(gateway.write({ ...exemption, id: idAt(goneScope, 'x') })).toMatchObject({ code: 'not-found' });
      await gateway.write(exemption);
      await refusal(gateway.write({ ...exemption, policyAssignmentId: elsewhere })).toMatchObject({ code: 'invalid' });
    });

    it('is refused what is locked', async () => {
      const { gateway } = under;
      await gateway.write(exemption);
      under.lock('CanNotDelete');
      await gateway.write(exemption);
      await refusal(gateway.remove(exemption.id)).toMatchObject({ code: 'conflict' });
      under.lock('ReadOnly');
      await refusal(gateway.write(exemption)).toMatchObject({ code: 'conflict' });
      expect(await gateway.read(exemption.id)).toBeDefined();
    });

    it('is refused what the bot may not do', async () => {
      under.takeRightsFromBot();
      await refusal(under.gateway.write(exemption)).toMatchObject({ code: 'forbidden' });
      await refusal(under.gateway.remove(exemption.id)).toMatchObject({ code: 'forbidden' });
    });
  });
};
