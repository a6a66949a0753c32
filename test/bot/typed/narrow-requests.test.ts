import { alice, bob, shopProd, vm1 } from '../../core/contoso.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, chatOf } from '../../fakes/story.ts';
import { cardOf, pressOn } from '../press-card.ts';
import { answerTo, outcomeOf } from '../say-to-desk.ts';

/** One on a machine for 30 days, and a younger one on the whole subscription for 60. */
const twoWaiting = async () => {
  const world = await makeDesk();
  await world.meet(chatOf(alice), chatOf(bob));
  const small = await ask(world, { resources: [vm1] });
  const wide = await ask(world, { scope: shopProd, resources: [], expiry: '60' });
  return { world, small: small.reference, wide: wide.reference };
};
const listed = async (world: TestDesk, line: string): Promise<string[]> => {
  const shown = JSON.stringify(cardOf(await outcomeOf(world, bob, line)));
  return [...new Set([...shown.matchAll(/"text":"(EX-[0-9A-Z]+) ·/g)].map(([, reference]) => reference!))];
};

describe('requests to decide, filtered and sorted', () => {
  it('shows what the words leave, in the order that they say', async () => {
    const { world, small, wide } = await twoWaiting();
    expect(await listed(world, 'requests to decide')).toEqual([small, wide]);
    expect(await listed(world, 'requests to decide sort:newest')).toEqual([wide, small]);
    expect(await listed(world, 'requests to decide wide')).toEqual([wide]);
    expect(await listed(world, 'requests to decide ends:45d')).toEqual([small]);
    expect(await listed(world, 'Requests to decide severity:high ends:"3 months" sort:end')).toEqual([small, wide]);
    expect(await listed(world, 'requests to decide waiting HIGH sort:wide')).toEqual([wide, small]);
    expect(await listed(world, 'requests to decide sort:waiting')).toEqual([small, wide]);
  });

  it('reads a range of ends, open on one side too, and says it on the card', async () => {
    const { world, small, wide } = await twoWaiting();
    expect(await listed(world, 'requests to decide ends:45d..90d')).toEqual([wide]);
    expect(await listed(world, 'requests to decide ends:45d..')).toEqual([wide]);
    expect(await listed(world, 'requests to decide ends:..45d')).toEqual([small]);
    expect(await listed(world, 'requests to decide ends:"1 Dec .. 2 Dec 2026"')).toEqual([]);
    const list = cardOf(await outcomeOf(world, bob, 'requests to decide ends:2026-12-01..2027-12-31'));
    expect(JSON.stringify(list)).toContain('ends: 1 Dec 2026 to 31 Dec 2027');
    expect(JSON.stringify(list)).toContain('ends:2026-12-01..2027-12-31');
    const all = JSON.stringify(cardOf(await pressOn(world, bob, list, '✕ Take off')));
    expect(all).toContain(small);
    expect(all).toContain(wide);
  });

  it('says what comes first, and has what waits longest on top among the worst', async () => {
    const { world } = await twoWaiting();
    const shown = (line: string) => outcomeOf(world, bob, line).then((outcome) => JSON.stringify(cardOf(outcome)));
    expect(await shown('requests to decide')).toContain(
      'emergencies first, then the worst severity, then what waits longest',
    );
    expect(await shown('requests to decide sort:end')).toContain('what ends soonest first');
  });

  it('never takes a filtered list for all-clear, and shows all with one press', async () => {
    const { world, small, wide } = await twoWaiting();
    const list = cardOf(await outcomeOf(world, bob, 'requests to decide severity:low wide'));
    const shown = JSON.stringify(list);
    expect(shown).toContain('What you asked for hides all 2 requests to decide that you can see.');
    expect(shown).not.toContain('No request waits');
    const all = JSON.stringify(cardOf(await pressOn(world, bob, list, 'Show everything')));
    expect(all).toContain(small);
    expect(all).toContain(wide);
  });

  it('takes each filter off where it stands, and keeps the others', async () => {
    const { world, small, wide } = await twoWaiting();
    const list = cardOf(await outcomeOf(world, bob, 'requests to decide wide severity:high sort:end'));
    expect(JSON.stringify(list)).toContain('severity: Critical or High');
    // The first one is the severity.
    const wideOnes = JSON.stringify(cardOf(await pressOn(world, bob, list, '✕ Take off')));
    expect(wideOnes).toContain('wide: a subscription or more, or at least 100 resources');
    expect(wideOnes).not.toContain('severity: Critical');
    expect(wideOnes).toContain(wide);
    expect(wideOnes).not.toContain(small);
  });

  it('narrows and sorts with a press', async () => {
    const { world, small } = await twoWaiting();
    const list = cardOf(await outcomeOf(world, bob, 'requests to decide'));
    const sorted = cardOf(await pressOn(world, bob, list, 'End'));
    const narrowed = JSON.stringify(cardOf(await pressOn(world, bob, sorted, 'Ends in 30 days')));
    expect(narrowed).toContain(small);
    expect(narrowed).toContain('ends: until ');
    expect(narrowed).toContain('"sort":"end"');
  });

  it.each([
    ['requests to decide severity:worst', 'The severity is critical, high, medium or low'],
    ['requests to decide sort:ends', 'Did you mean sort:end?'],
    ['requests to decide ends:01/02/2027', 'can mean'],
    ['requests to decide ends:2020-01-01', '2020-01-01 is past'],
    ['requests to decide ends:90d..30d', 'Write the earlier day first'],
    ['requests to decide ends:..', 'no range of days'],
    ['requests to decide ends:1d..2d..3d', 'no range of days'],
    ['requests to decide sevrity:high', 'Did you mean severity:high?'],
    ['requests to decide sub:shop-prod', 'sub: does not work here. Filters here are severity:, ends: and sort:.'],
    ['requests all wide sort:end', 'Send: requests to decide wide sort:end'],
    ['requests mine sort:end', 'Filters and sorting are for the requests that you can decide'],
  ])('asks about %s', async (line, words) => {
    const { world } = await twoWaiting();
    expect(await answerTo(world, bob, line)).toContain(words);
  });
});
