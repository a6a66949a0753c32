import { overlapOf } from '../../../src/core/exemption/exemption-overlap.ts';
import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { contoso, landingZones, root, shopGroup, shopProd, sqlServer, vm1, vm10 } from '../contoso.ts';
import { assignment, benchmark, definition, exemption, now } from '../policies.ts';

const mcsb = assignment('mcsb', root, benchmark);
const direct = assignment('disks only', root, { id: definition });
const disks = ['diskEncryption'];
const both = ['diskEncryption', 'secureBoot'];
const asked = (scope: string, referenceIds: readonly string[] | undefined, of = mcsb): Exemption =>
  exemption(of, scope, referenceIds, { id: `${scope}/providers/Microsoft.Authorization/policyExemptions/ED-new` });
const overlap = (planned: Exemption, existing: Exemption, location?: string) =>
  overlapOf(planned, existing, { hierarchy: contoso, now, location });
const only = (kind: string, value: string) => ({ resourceSelectors: [[{ kind, in: [value], notIn: undefined }]] });
const yesterday = new Date(now.getTime() - 86_400_000);

describe('an existing exemption beside a planned one', () => {
  it.each([
    ['same', 'at the very place', asked(vm1, disks), exemption(mcsb, vm1, disks)],
    ['same', 'of a whole single policy', asked(vm1, undefined, direct), exemption(direct, vm1, undefined)],
    ['wider', 'at the resource group', asked(vm1, disks), exemption(mcsb, shopGroup, disks)],
    ['wider', 'at a management group', asked(vm1, disks), exemption(mcsb, landingZones, both)],
    ['wider', 'with more reference ids', asked(vm1, disks), exemption(mcsb, vm1, both)],
    ['whole-initiative', 'without reference ids', asked(vm1, disks), exemption(mcsb, shopProd, undefined)],
    ['narrower', 'of one machine of the group', asked(shopGroup, disks), exemption(mcsb, vm1, disks)],
    ['narrower', 'of one of two references', asked(vm1, both), exemption(mcsb, vm1, disks)],
    ['partial', 'with one reference more and one less', asked(vm1, both), exemption(mcsb, vm1, ['secureBoot', 'x'])],
    ['partial', 'of a whole initiative below', asked(shopGroup, disks), exemption(mcsb, vm1, undefined)],
    ['apart', 'of a neighbour', asked(vm1, disks), exemption(mcsb, vm10, disks)],
    ['apart', 'of another policy', asked(vm1, disks), exemption(mcsb, vm1, ['secureBoot'])],
    ['apart', 'of another assignment', asked(vm1, undefined), exemption(direct, vm1, undefined)],
    ['expired-twin', 'at the very place, ended', asked(vm1, disks), exemption(mcsb, vm1, disks, { expiresAt: now })],
    ['apart', 'above, ended', asked(vm1, disks), exemption(mcsb, shopGroup, disks, { expiresAt: yesterday })],
  ])('is %s: one %s', (kind, _, planned, existing) => {
    expect(overlap(planned, existing).kind).toBe(kind);
  });

  it.each([
    ['wider', 'surely select the resource', only('resourceLocation', 'westeurope')],
    ['apart', 'surely do not', only('resourceLocation', 'northeurope')],
    ['unclear', 'are of a kind that nobody knows', only('moonPhase', 'full')],
    [
      'wider',
      'select the reference, so it is not all of the initiative',
      only('policyDefinitionReferenceId', disks[0]!),
    ],
    ['apart', 'select another reference', only('policyDefinitionReferenceId', 'secureBoot')],
  ])('is %s where its selectors %s', (kind, _, more) => {
    const referenceIds = 'policyDefinitionReferenceId' === more.resourceSelectors[0]?.[0]?.kind ? undefined : disks;
    const existing = exemption(mcsb, shopGroup, referenceIds, more);
    expect(overlap(asked(vm1, disks), existing, 'westeurope').kind).toBe(kind);
  });

  it('is narrower at the same scope where selectors pick a part of it', () => {
    const existing = exemption(mcsb, shopGroup, disks, only('resourceLocation', 'westeurope'));
    expect(overlap(asked(shopGroup, disks), existing).kind).toBe('narrower');
    expect(overlap(asked(sqlServer, disks), existing).kind).toBe('unclear');
  });

  it.each([
    ['earlier', new Date('2026-12-01T00:00:00Z'), new Date('2026-12-02T00:00:00Z')],
    ['together', new Date('2026-12-01T00:00:00Z'), new Date('2026-12-01T00:00:00Z')],
    ['later', new Date('2026-12-02T00:00:00Z'), new Date('2026-12-01T00:00:00Z')],
    ['earlier', new Date('2026-12-01T00:00:00Z'), undefined],
    ['later', undefined, new Date('2026-12-01T00:00:00Z')],
    ['together', undefined, undefined],
  ])('ends %s', (ends, existing, planned) => {
    const found = exemption(mcsb, shopGroup, disks, { expiresAt: existing });
    expect(overlap({ ...asked(vm1, disks), expiresAt: planned }, found).ends).toBe(ends);
  });

  it('contradicts by the other category, also from above and from below', () => {
    const mitigated = { category: 'Mitigated' } as const;
    expect(overlap(asked(vm1, disks), exemption(mcsb, shopProd, disks, mitigated)).contradicts).toBe(true);
    expect(overlap(asked(shopProd, disks), exemption(mcsb, vm1, undefined, mitigated)).contradicts).toBe(true);
    expect(overlap(asked(vm1, disks), exemption(mcsb, shopProd, disks)).contradicts).toBe(false);
    expect(overlap(asked(vm1, disks), exemption(mcsb, vm10, disks, mitigated)).contradicts).toBe(false);
  });

  it('is replaced where it stands at the id that is written, whatever it says by now', () => {
    const planned = asked(vm1, disks);
    const ended = exemption(mcsb, vm1, ['secureBoot'], { id: planned.id.toUpperCase(), expiresAt: yesterday });
    expect(overlap(planned, ended)).toMatchObject({ kind: 'expired-twin', isReplaced: true });
    expect(overlap(planned, { ...ended, expiresAt: undefined })).toMatchObject({ kind: 'apart', isReplaced: true });
    expect(overlap(planned, exemption(mcsb, vm1, disks))).toMatchObject({ kind: 'same', isReplaced: false });
  });
});
