import { goneObstacles } from '../../../src/core/plan/gone-scopes.ts';

const found = (gone: readonly string[], untold: readonly string[], of: number, isRenewal = false) =>
  goneObstacles({ gone, untold, of }, isRenewal).map(({ kind, sentence }) => `${kind}: ${sentence}`);
const many = Array.from({ length: 14 }, (_, number) => `vm-${number + 1}`);

describe('what a preview says of scopes that are gone', () => {
  it.each([
    { gone: [], untold: [], of: 2, said: [] },
    {
      gone: ['vm-1'],
      untold: [],
      of: 1,
      said: [
        'blocking: vm-1 no longer exists in Azure, so there is nothing left to exempt. Defender for Cloud can go on listing it for a while.',
      ],
    },
    {
      gone: ['vm-1', 'vm-2'],
      untold: [],
      of: 2,
      said: [
        'blocking: vm-1, vm-2 no longer exist in Azure, so there is nothing left to exempt. Defender for Cloud can go on listing them for a while.',
      ],
    },
    {
      gone: ['vm-1', 'vm-2'],
      untold: ['vm-3'],
      of: 4,
      said: [
        'blocking: vm-1, vm-2 no longer exist in Azure, so the request cannot be written as it is. Leave them out.',
        'not-checked: Azure did not say whether vm-3 still exists.',
      ],
    },
    {
      gone: many,
      untold: [],
      of: 15,
      said: [
        `blocking: ${many.slice(0, 12).join(', ')} and 2 more no longer exist in Azure, so the request cannot be written as it is. Leave them out.`,
      ],
    },
    {
      gone: [],
      untold: many.slice(0, 4),
      of: 4,
      said: ['not-checked: Azure did not say whether vm-1, vm-2, vm-3 and 1 more still exist.'],
    },
  ])('$gone.length gone and $untold.length untold of $of', ({ gone, untold, of, said }) => {
    expect(found(gone, untold, of)).toEqual(said);
  });

  it('offers no choice that the form of a renewal does not have', () => {
    expect(found(['vm-1'], [], 2, true)).toEqual([
      'blocking: vm-1 no longer exists in Azure, so the request cannot be written as it is. Send a new request for what is left.',
    ]);
  });
});
