import { makeDesk } from '../../fakes/make-desk.ts';
import { askAndWrite } from '../../fakes/story.ts';

const whole = (text: string, part: string) => text.replaceAll(part, '').startsWith('… (EX-');

describe('what Azure is told about an exemption', () => {
  it.each([
    ['emoji', '😀', 400],
    ['families', '👩‍👩‍👧‍👦', 80],
    ['accents', 'e\u0301', 400],
  ])('ends between two characters where it is cut: %s', async (_name, part, count) => {
    const world = await makeDesk();
    await askAndWrite(world, { justification: part.repeat(count) });
    const [{ description } = { description: '' }] = world.tenant.exemptions();
    expect(description.isWellFormed()).toBe(true);
    expect(description.length).toBeLessThanOrEqual(512);
    expect(whole(description, part)).toBe(true);
  });
});
