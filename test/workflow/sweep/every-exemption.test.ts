import type { Desk, SweepingDesk } from '../../../src/workflow/desk.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { makeDesk } from '../../fakes/make-desk.ts';

/** What reads every exemption takes the longer the larger the tenant is. The compiler says who may: `npm run types` fails if this changes. */
type Has<Type, Member extends string> = Member extends keyof Type ? true : false;

describe('every exemption of the tenant', () => {
  it('is read by the sweep alone: the desk that answers people does not have it', async () => {
    const sweepHas: Has<SweepingDesk, 'everyExemption'> = true;
    const turnHas: readonly boolean[] = [
      false satisfies Has<Desk, 'everyExemption'>,
      false satisfies Has<Desk['exemptions'], 'list'>,
      false satisfies Has<Desk['exemptions'], 'pages'>,
      false satisfies Has<Desk['defenderExemptions'], 'list'>,
    ];
    expect([sweepHas, ...turnHas]).toEqual([true, false, false, false, false]);
    const { desk } = await makeDesk();
    const asInTurn: Desk = desk;
    // @ts-expect-error: The desk of a person's turn cannot sweep.
    await sweepExemptions(asInTurn);
  });
});
