import { goneFrom, goneSentence, withGone, withoutGone } from '../../../src/core/plan/gone-references.ts';
import type { Target } from '../../../src/core/plan/exemption-plan.ts';
import { noAssignment } from '../../../src/core/plan/plan-obstacles.ts';
import { root, vm1 } from '../contoso.ts';
import { assignment, benchmark, definition } from '../policies.ts';

const pinned = assignment('mcsb', root, benchmark, { definitionVersion: '1.3.*' });
const former = {
  ...benchmark,
  definitionVersion: '1.3.*',
  references: [{ referenceId: 'diskEncryption', definitionId: definition }],
};
const target = (referenceIds: readonly string[] | undefined, assignmentId = pinned.id): Target => ({
  exemptionId: `${vm1}/providers/Microsoft.Authorization/policyExemptions/${(referenceIds ?? []).join('')}`,
  scope: vm1,
  assignmentId,
  assignmentName: 'mcsb',
  referenceIds,
});
const goneOf = (...targets: readonly Target[]) => goneFrom(targets, [pinned], [benchmark, former]);

describe('what is gone of an exemption', () => {
  it('is what the assigned version does not include, whatever the newest has', () => {
    const both = target(['DISKENCRYPTION', 'secureBoot']);
    expect(goneOf(both)).toEqual([
      { exemptionId: both.exemptionId, assignmentName: 'mcsb', referenceIds: ['secureBoot'] },
    ]);
    expect(withoutGone([both], goneOf(both))).toEqual([{ ...both, referenceIds: ['DISKENCRYPTION'] }]);
    expect(goneSentence(goneOf(both))).toBe(
      'The initiative of mcsb no longer includes secureBoot in the version that is assigned.',
    );
  });

  it.each([
    ['all of it is there', target(['diskEncryption'])],
    ['it names nothing', target(undefined)],
    ['its assignment is gone', target(['secureBoot'], `${pinned.id}-other`)],
  ])('is nothing where %s', (_story, each) => {
    expect(goneOf(each)).toEqual([]);
    expect(withoutGone([each], [])).toEqual([each]);
  });

  it('is nothing where the version could not be read', () => {
    expect(goneFrom([target(['secureBoot'])], [pinned], [benchmark])).toEqual([]);
  });

  it('leaves nothing of an exemption that named nothing else', () => {
    const dead = target(['secureBoot']);
    expect(withoutGone([dead, target(['diskEncryption'])], goneOf(dead))).toEqual([target(['diskEncryption'])]);
  });
});

describe('the obstacles of a plan', () => {
  const dead = target(['secureBoot']);

  it('warn of what is gone where something is left', () => {
    expect(withGone([], goneOf(dead), [target(['diskEncryption'])])).toMatchObject([
      { code: 'references-gone', kind: 'warning' },
    ]);
    expect(withGone([], [], [])).toEqual([]);
  });

  it('say that nothing is left, instead of advising to assign something', () => {
    const obstacles = withGone([noAssignment], goneOf(dead), []);
    expect(obstacles).toMatchObject([{ code: 'references-gone', kind: 'blocking' }]);
    expect(obstacles[0]?.sentence).toContain('Nothing is left to exempt there.');
  });
});
