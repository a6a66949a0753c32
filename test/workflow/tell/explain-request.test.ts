import { explainRequest } from '../../../src/workflow/tell/explain-request.ts';
import { bob } from '../../core/contoso.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask } from '../../fakes/story.ts';

const whyOf = async ({ desk }: TestDesk, reference: string): Promise<Record<string, readonly string[]>> => {
  const { sections } = await explainRequest(desk, { person: bob, channelId: undefined }, reference);
  return Object.fromEntries(sections.map(({ heading, lines }) => [heading, lines]));
};

describe('why a request can or cannot be decided', () => {
  it('is said by the roles as they are now, not as lists remember them', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const remembered = await world.desk.forReading(bob);
    world.access.takeAll(bob);
    const desk: typeof world.desk = { ...world.desk, forReading: async () => remembered };
    expect((await whyOf({ ...world, desk }, reference))['Your Azure roles']).toContain(
      'None of your Azure roles allows exemptions there.',
    );
  });

  it('tells the rules and approvals although Azure does not answer for the roles, and says so', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.faults.at('forDecision', { error: noAnswer() });
    const why = await whyOf(world, reference);
    expect(why['Your Azure roles']).toEqual(['Azure did not say what your roles allow now. Please try again later.']);
    expect(why.Approvals?.join()).toContain('1 needed');
  });
});
