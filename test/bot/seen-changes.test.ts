import type { Json } from '../../simulator/teams/message.ts';
import { previewRequest } from '../../src/workflow/ask/preview-request.ts';
import { sendRequest } from '../../src/workflow/ask/send-request.ts';
import { startReplacement } from '../../src/workflow/ask/replace-request.ts';
import { approveRequest } from '../../src/workflow/decide/decide-request.ts';
import { requestCard } from '../../src/cards/request/request-card.ts';
import { viewRequest } from '../../src/workflow/tell/view-request.ts';
import { alice, bob, carol, vm1, vm10 } from '../core/contoso.ts';
import { rulesWith } from '../core/governance-facts.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { ask, askAndWrite, channel, chatOf, current, sentIn, subscribed } from '../fakes/story.ts';
import { cardOf, inputOf, pressOn, pressed, pressWith, tick } from './press-card.ts';
import { outcomeOf } from './say-to-desk.ts';

const twoApprovals = { governance: rulesWith([], { approvals: 2 }) };
const textsIn = (card: unknown): string =>
  [...JSON.stringify(card).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text).join('\n');
const said = (world: TestDesk, person: typeof bob) => world.teams.in(chatOf(person), 'text').map(({ text }) => text);
/** The buttons that are shown from the start; those of approvers stand above what unfolds. */
const titlesOf = (card: Json) =>
  [card, ...(card.body as Json[])].flatMap(({ actions = [] }) =>
    (actions as { title: string }[]).map(({ title }) => title),
  );

const worldOfTwo = async (choices = {}) => {
  const world = await makeDesk(choices);
  await world.meet(chatOf(alice), chatOf(bob), chatOf(carol));
  return world;
};

/** Changes a waiting request; the preview of the change. */
const changing = async (world: TestDesk, reference: string, inputs: Readonly<Record<string, string>>) => {
  const form = cardOf(await outcomeOf(world, alice, `change ${reference}`));
  return cardOf(await pressOn(world, alice, form, 'Preview', inputs));
};

describe('a change of a waiting request', () => {
  it('that changes nothing is refused, and voids no approval', async () => {
    const world = await worldOfTwo(twoApprovals);
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    const preview = await changing(world, reference, {});
    expect(textsIn(preview)).toContain('Nothing is changed');
    expect(titlesOf(preview)).toEqual(['Change', 'Discard']);
    const { draftId } = pressed(preview, 'Change') as { draftId: string };
    await pressWith(world, alice, { verb: 'send-request', draftId });
    expect(await current(world, reference)).toMatchObject({ termsVersion: 1, approvals: [{ by: bob }] });
  });

  it('shows what was and what will be, to its requester and to approvers, who hear that they do not count any more', async () => {
    const world = await worldOfTwo(twoApprovals);
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    await world.runJobs();
    const preview = await changing(world, reference, {
      expiry: '60',
      justification: 'The machines move to the new cluster in January.',
    });
    const was = '21 Dec 2026, 23:59 (UTC) → 20 Jan 2027, 23:59 (UTC)';
    expect(textsIn(preview)).toContain(`Expires, was → will be\n${was}`);
    expect(textsIn(preview)).toContain('Once you send this, what Bob Berger approved no longer counts.');
    expect(textsIn(preview)).toContain('Justification before\nThe machines move to the new cluster in December.');
    await pressOn(world, alice, preview, 'Send');
    await world.runJobs();
    const card = textsIn(cardOf(await outcomeOf(world, carol, `request ${reference}`)));
    expect(card).toContain(was);
    expect(card).toContain(
      'Alice Adler changed the terms after Bob Berger had approved, so that approval no longer counts.',
    );
    expect(said(world, bob)).toEqual([expect.stringContaining('so your approval no longer counts') as string]);
    await world.runJobs();
    expect(said(world, bob)).toHaveLength(1);
    expect(said(world, carol)).toEqual([]);
  });
});

describe('an approval for less', () => {
  it('shows what was asked and what was given, and tells whoever had approved it in full', async () => {
    const world = await worldOfTwo(twoApprovals);
    const { reference } = await ask(world, { resources: [vm1, vm10] });
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    await world.runJobs();
    const form = cardOf(await outcomeOf(world, carol, `request ${reference}`));
    const inputs = { scopes: tick(form, 'scopes', 'vm10'), lastDay: '2026-12-01' };
    const after = cardOf(await pressOn(world, carol, form, `Approve ${reference} with these changes`, inputs));
    await world.runJobs();
    for (const card of [textsIn(after), textsIn(cardOf(await outcomeOf(world, alice, `request ${reference}`)))]) {
      expect(card).toContain('Expires, asked → given\n21 Dec 2026, 23:59 (UTC) → 1 Dec 2026, 23:59 (UTC)');
      expect(card).toMatch(/Scope, asked → given\n.*vm1, .*vm10 → .*vm10/);
    }
    expect(said(world, bob)).toEqual([expect.stringContaining('Carol Costa changed') as string]);
    expect(said(world, alice).at(-1)).toMatch(
      /^Carol Costa approved EX-0001 with changes: until 1 Dec 2026, 23:59 \(UTC\), for .*vm10\. It has 1 of 2/,
    );
    await approveRequest(world.desk, bob, { reference, version: undefined, words: '' });
    expect(
      textsIn(requestCard(await viewRequest(world.desk, await current(world, reference)), 'requester').content),
    ).toContain('asked → given');
  });
});

describe('the first of two approvals', () => {
  it('is told to the requester once', async () => {
    const world = await worldOfTwo(twoApprovals);
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, { reference, version: 1, words: 'Fine.' });
    await world.runJobs();
    await world.runJobs();
    expect(said(world, alice)).toEqual([
      `Bob Berger approved ${reference}. “Fine.” It has 1 of 2 approvals, by Bob Berger, and needs one more approval from somebody else.`,
    ]);
  });

  it('turns the buttons of that approver into “You approved”, and leaves those of the others', async () => {
    const world = await worldOfTwo(twoApprovals);
    await subscribed(world, channel('approvals'), 'approvals');
    const { reference } = await ask(world);
    await world.runJobs();
    const own = cardOf(await outcomeOf(world, bob, `request ${reference}`));
    const pressedOwn = cardOf(await pressOn(world, bob, own, `Approve ${reference}`));
    expect(titlesOf(pressedOwn)).toEqual(['More']);
    expect(textsIn(pressedOwn)).toContain('✓ You approved it on 21 Nov 2026');
    await world.runJobs();

    const refresh = { verb: 'refresh-request', reference };
    const forBob = cardOf(await pressWith(world, bob, refresh, 'channel'));
    const forCarol = cardOf(await pressWith(world, carol, refresh, 'channel'));
    expect(textsIn(forBob)).toContain('You approved');
    expect(titlesOf(forBob)).not.toContain('✓ Approve');
    expect(textsIn(forCarol)).not.toContain('You approved');
    expect(titlesOf(forCarol)).toContain('✓ Approve');
    expect(world.teams.in(channel('approvals'), 'request')).toMatchObject([{ reader: undefined }]);
  });
});

describe('a renewal', () => {
  it('is as long again as what is in force, not 30 days', async () => {
    const world = await worldOfTwo();
    const { reference } = await askAndWrite(world, { expiry: '90' });
    world.clock.forward({ days: 60 });
    const { draft } = await startReplacement(world.desk, alice, reference, 'renew');
    expect(draft.form).toMatchObject({ expiry: '90' });
  });

  it('starts with a later end than the one in force also where only its text was changed on the way', async () => {
    const world = await worldOfTwo();
    const { reference } = await askAndWrite(world);
    world.clock.forward({ days: 8 });
    const { draft } = await startReplacement(world.desk, alice, reference, 'change');
    await previewRequest(world.desk, alice, draft.id, { ...draft.form, name: 'Another name' });
    const { reference: second } = sentIn(await sendRequest(world.desk, alice, draft.id, undefined));
    await approveRequest(world.desk, bob, { reference: second, version: 1, words: '' });
    await world.runJobs();
    const renewal = await startReplacement(world.desk, alice, second, 'renew');
    expect(renewal.draft.form).toMatchObject({ expiry: '30' });
  });

  it('that ends earlier says so, and shows what is in force and what will be', async () => {
    const world = await worldOfTwo();
    const { reference } = await askAndWrite(world, { expiry: '90' });
    const form = cardOf(await outcomeOf(world, alice, `renew ${reference}`));
    const preview = cardOf(await pressOn(world, alice, form, 'Preview', { expiry: '7' }));
    const sentence = `It ends on 28 Nov 2026, 23:59, earlier than ${reference}, which is in force until 19 Feb 2027, 23:59 (UTC).`;
    const change = 'Expires, now → will be\n19 Feb 2027, 23:59 (UTC) → 28 Nov 2026, 23:59 (UTC)';
    expect(textsIn(preview)).toContain(`Ends earlier: \n${sentence}`);
    expect(textsIn(preview)).toContain(change);
    await pressOn(world, alice, preview, 'Send');
    const card = cardOf(await outcomeOf(world, bob, 'request EX-0002'));
    expect(textsIn(card)).toContain(change);
    expect(JSON.stringify(card)).toContain(`{"type":"TextRun","text":"${sentence}"}]}],"style":"attention"`);
  });

  it('or a change that leaves everything as it is in force is refused', async () => {
    const world = await worldOfTwo();
    const { reference } = await askAndWrite(world);
    const { draft } = await startReplacement(world.desk, alice, reference, 'change');
    const form = cardOf(await pressWith(world, alice, { verb: 'edit-request', draftId: draft.id }));
    expect(inputOf(form, 'expiry')?.value).toBe('date');
    const preview = cardOf(await pressOn(world, alice, form, 'Preview'));
    expect(textsIn(preview)).toContain('which is in force, says exactly this already');
    expect(titlesOf(preview)).toEqual(['Change', 'Discard']);
  });
});
