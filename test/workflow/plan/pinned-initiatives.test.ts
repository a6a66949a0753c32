import { adoptExemption } from '../../../src/workflow/ask/adopt-exemption.ts';
import { startDraft } from '../../../src/workflow/ask/draft-request.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { startReplacement } from '../../../src/workflow/ask/replace-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { viewRequest } from '../../../src/workflow/tell/view-request.ts';
import { alice, bob, vm1 } from '../../core/contoso.ts';
import { benchmark, definition, exemption, otherDefinition } from '../../core/policies.ts';
import { atRoot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, askAndWrite, current, filledIn, sentIn } from '../../fakes/story.ts';

const gone = 'The initiative of mcsb no longer includes diskEncryption in the version that is assigned.';

/** The assignment at the root is the only one, and uses a version in which the disks have these references. */
const pin = ({ tenant }: TestDesk, definitionVersion: string, ...disks: readonly string[]): void => {
  tenant.assignments = [{ ...atRoot, definitionVersion }];
  const references = [
    ...disks.map((referenceId) => ({ referenceId, definitionId: definition })),
    { referenceId: 'secureBoot', definitionId: otherDefinition },
  ];
  tenant.initiatives = [benchmark, { ...benchmark, definitionVersion, references }];
};
const approveAndWrite = async (world: TestDesk, reference: string) => {
  await approveRequest(world.desk, bob, { reference, version: undefined, words: '' });
  await world.runJobs();
};
const written = ({ tenant }: TestDesk) => tenant.exemptions().map(({ referenceIds }) => referenceIds);

const renewing = async (world: TestDesk, reference: string) => {
  const { draft } = await startReplacement(world.desk, alice, reference, 'renew');
  return { draft, result: await previewRequest(world.desk, alice, draft.id, filledIn({ expiry: '30' })) };
};

describe('where an assignment fixes the version of its initiative', () => {
  it('a request is for the references of that version', async () => {
    const world = await makeDesk();
    pin(world, '1.3.*', 'formerDisks');
    await askAndWrite(world);
    expect(written(world)).toEqual([['formerDisks']]);
  });

  it('a request that was sent for the newest writes only what that version has, and the ledger names the rest', async () => {
    const world = await makeDesk();
    pin(world, '1.4.*', 'diskEncryption', 'again');
    const { reference } = await ask(world);
    pin(world, '1.3.*', 'again');
    const view = await viewRequest(world.desk, await current(world, reference));
    expect(view.warnings).toContain(`${gone} The exemption leaves that out.`);

    await approveAndWrite(world, reference);
    expect(written(world)).toEqual([['again']]);
    expect((await world.ledger()).find(({ event }) => event === 'applied')?.facts).toMatchObject({
      gone: 'diskEncryption',
    });
  });

  it('a request of which nothing is left ends with a sentence, and nothing is written', async () => {
    const world = await makeDesk();
    pin(world, '1.4.*', 'diskEncryption');
    const { reference } = await ask(world);
    pin(world, '1.3.*');
    await approveAndWrite(world, reference);
    expect(await current(world, reference)).toMatchObject({
      status: 'failed',
      failure: `${gone} Nothing is left to exempt there.`,
    });
    expect(written(world)).toEqual([]);
  });

  it('a request whose references were all renamed writes none of the new ones, which nobody approved', async () => {
    const world = await makeDesk();
    pin(world, '1.4.*', 'diskEncryption');
    const { reference } = await ask(world);
    pin(world, '1.3.*', 'formerDisks');
    await approveAndWrite(world, reference);
    expect(await current(world, reference)).toMatchObject({
      status: 'failed',
      failure: `${gone} Nothing of what was approved is left. Send a new request.`,
    });
    expect(written(world)).toEqual([]);
  });

  it('a renewal names what is gone before it is sent, and writes the rest', async () => {
    const world = await makeDesk();
    pin(world, '1.4.*', 'diskEncryption', 'again');
    const { reference } = await askAndWrite(world);
    pin(world, '1.3.*', 'again');
    const { draft, result } = await renewing(world, reference);
    expect(result).toMatchObject({
      kind: 'preview',
      preview: {
        plan: {
          targets: [{ referenceIds: ['again'] }],
          obstacles: [{ code: 'references-gone', kind: 'warning', sentence: `${gone} The exemption leaves that out.` }],
        },
      },
    });

    const renewal = sentIn(await sendRequest(world.desk, alice, draft.id, undefined));
    await approveAndWrite(world, renewal.reference);
    expect(await current(world, renewal.reference)).toMatchObject({ status: 'applied' });
    expect(written(world)).toContainEqual(['again']);
  });

  it('a renewal of which nothing is left says so, and cannot be sent', async () => {
    const world = await makeDesk();
    pin(world, '1.4.*', 'diskEncryption');
    const { reference } = await askAndWrite(world);
    pin(world, '1.3.*');
    const { result } = await renewing(world, reference);
    expect(result).toMatchObject({
      kind: 'preview',
      preview: {
        plan: { targets: [], obstacles: [{ kind: 'blocking', sentence: `${gone} Nothing is left to exempt there.` }] },
      },
    });
  });

  it('an exemption from outside is adopted without what is gone', async () => {
    const world = await makeDesk();
    const words = 'We know this machine and take it over.';
    const outside = exemption(atRoot, vm1, ['diskEncryption', 'again']);
    world.tenant.put(outside);
    pin(world, '1.3.*', 'again');
    const adopted = await adoptExemption(world.desk, bob, outside.id, words);
    expect(adopted.gone).toMatchObject([{ referenceIds: ['diskEncryption'] }]);
    await world.runJobs();
    expect(world.tenant.find(outside.id)).toMatchObject({
      referenceIds: ['again'],
      requestReference: adopted.reference,
    });
  });

  it('an exemption from outside of which nothing is left is not adopted', async () => {
    const world = await makeDesk();
    const outside = exemption(atRoot, vm1, ['diskEncryption', 'again']);
    const dead = { ...exemption(atRoot, vm1, ['diskEncryption']), id: `${outside.id}-dead` };
    world.tenant.put(outside);
    world.tenant.put(dead);
    pin(world, '1.3.*', 'again');
    await expect(adoptExemption(world.desk, bob, dead.id, 'We know this machine and take it over.')).rejects.toThrow(
      /no longer includes diskEncryption|does not belong to any/,
    );
    expect(world.tenant.find(dead.id)?.requestReference).toBeUndefined();
  });

  it('nothing is planned where that version cannot be read, and the sentence names the permission', async () => {
    const world = await makeDesk();
    world.tenant.assignments = [{ ...atRoot, definitionVersion: '9.*.*' }];
    const { draft } = await startDraft(world.desk, alice, disks.key);
    expect(await previewRequest(world.desk, alice, draft.id, filledIn())).toMatchObject({
      preview: {
        plan: {
          targets: [],
          obstacles: [
            {
              code: 'unread-initiative',
              sentence: expect.stringMatching(
                /mcsb \(version 9\.\*\.\*\).*policySetDefinitions\/versions\/read/,
              ) as string,
            },
          ],
        },
      },
    });
  });
});
