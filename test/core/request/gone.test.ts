import { refusePartlyGone } from '../../../src/core/request/gone.ts';
import { alice } from '../contoso.ts';

const refusedFor = (renewal: Parameters<typeof refusePartlyGone>[0]['renewal']) => () =>
  refusePartlyGone({ reference: 'EX-0001', requester: alice, renewal }, ['vm1']);

describe('an approval of what is partly gone', () => {
  it('may be given for the rest', () => {
    expect(refusedFor(undefined)).toThrow('Choose what is left with “Approve with changes…”');
  });

  it('of a renewal promises no choice that its card does not offer', () => {
    const renewal = { of: 'EX-0000' } as NonNullable<Parameters<typeof refusePartlyGone>[0]['renewal']>;
    expect(refusedFor(renewal)).toThrow(/^vm1 no longer exists in Azure, so EX-0001 cannot be written as it is\. Ask /);
  });
});
