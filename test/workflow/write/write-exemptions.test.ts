import type { ExemptionToWrite } from '../../../src/core/exemption/exemption.ts';
import { GovernanceError } from '../../../src/core/governance-error.ts';
import type { PartialRights } from '../../../src/core/access/access.ts';
import { writeExemptions } from '../../../src/workflow/write/write-exemptions.ts';
import { exemption as standing } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { ask, current } from '../../fakes/story.ts';

/** A request with as many targets as names, and an Azure in the hands of the test: `answer` decides over each write. */
const open = async (
  names: readonly string[],
  answer: (name: string) => Promise<unknown>,
  partialRights: PartialRights,
) => {
  const world = await makeDesk({ partialRights });
  const { reference } = await ask(world);
  const request = await current(world, reference);
  const [target] = request.targets;
  const targets = names.map((name) => ({ ...target!, exemptionId: `${target!.exemptionId}-${name}` }));
  const events: string[] = [];
  const nameOf = (id: string): string => id.split('-').at(-1)!;
  const exemptions: typeof world.desk.exemptions = {
    ...world.desk.exemptions,
    snapshot: async (id) => {
      events.push(`look ${nameOf(id)}`);
      return undefined;
    },
    write: async (exemption: ExemptionToWrite) => {
      const { id } = exemption;
      events.push(`write ${nameOf(id)}`);
      await answer(nameOf(id));
      events.push(`written ${nameOf(id)}`);
      return { ...standing(atRoot, target!.scope, []), ...exemption };
    },
  };
  const steps = async () =>
    (await world.desk.database.writeSteps.of(reference)).map(
      ({ exemptionId, state }) => `${nameOf(exemptionId)} ${state}`,
    );
  const run = () => writeExemptions({ ...world.desk, exemptions }, request, targets);
  return { run, events, steps };
};

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('writing several exemptions', () => {
  it('looks at all of them before it writes any, and writes side by side', async () => {
    const { promise: allowed, resolve: allow } = Promise.withResolvers<undefined>();
    const { run, events, steps } = await open(['a', 'b', 'c'], () => allowed, 'all-or-nothing');
    const running = run();
    while (events.length < 6) await turns(1);
    expect(events).toEqual(['look a', 'look b', 'look c', 'write a', 'write b', 'write c']);
    expect(await steps()).toEqual(['a begun', 'b begun', 'c begun']);

    allow(undefined);
    expect((await running).map(({ refusal }) => refusal)).toEqual([undefined, undefined, undefined]);
    expect(await steps()).toEqual(['a written', 'b written', 'c written']);
  });

  it('ends only when nothing is under way any more, although one is not answered', async () => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<undefined>();
    const answer = (name: string) =>
      name === 'a' ? Promise.reject(new GovernanceError('unavailable', 'Azure did not answer.')) : slow;
    const { run, events, steps } = await open(['a', 'b'], answer, 'all-or-nothing');
    let isOver = false;
    const running = run()
      .catch((error: unknown) => error)
      .finally(() => (isOver = true));
    while (!events.includes('write b')) await turns(1);
    await turns(20);
    expect(isOver).toBe(false);

    finish(undefined);
    expect(await running).toMatchObject({ code: 'unavailable' });
    expect(await steps()).toEqual(['a begun', 'b written']);
  });

  const twenty = Array.from({ length: 20 }, (_, index) => `n${String(index).padStart(2, '0')}`);
  const refused = async (name: string): Promise<void> => {
    if (name === 'n00') throw new GovernanceError('forbidden', 'No.');
  };
  it.each([
    ['all-or-nothing', 8],
    ['best-effort', 20],
  ] as const)('begins no more after a refusal, unless the rest is to be written anyway (%s)', async (rights, begun) => {
    const { run, events } = await open(twenty, refused, rights);
    const results = await run();
    expect(results[0]).toMatchObject({ refusal: 'No.' });
    expect(events.filter((each) => each.startsWith('write '))).toHaveLength(begun);
    expect(events.filter((each) => each.startsWith('look '))).toHaveLength(begun);
  });
});
