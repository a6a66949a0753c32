import { choiceTokens } from '../../../src/core/request/choice-token.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { makeApprovers } from './make-approvers.ts';
import { formInputs, latest, offered, openForm, sendRequest, storageRecommendation } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const governance = `
rules:
  - name: The shop needs two for mitigations
    when: { scope: [sub:shop-prod], category: [mitigated] }
    then: { approvals: 2 }
  - name: The lab may be exempt for ever
    when: { category: [mitigated] }
    then: { neverExpires: true }
`;

/** What approvers and requesters can do between the question and the answer. */
describe('deciding a request', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', governance });
    makeApprovers(world, ['erin']);
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterAll(() => world.close());

  const { request, written, said, cards, lastCard, press, events, ask, away } = aroundRequests(() => world);

  describe('for less than was asked for', () => {
    it('writes only until the day and only for what the approver chose', async () => {
      const reference = await ask('alice');
      const before = await request(reference);
      expect(before.terms.scopes.length).toBeGreaterThan(1);
      const [kept] = before.terms.scopes;
      const lastDay = new Date(world.clock.now().getTime() + 10 * 86_400_000).toISOString().slice(0, 10);
      await press('bob', '#approvals', reference, `Approve ${reference} with these changes`, {
        lastDay,
        scopes: choiceTokens(world.app().desk.hash)(kept!),
        note: 'Ten days are enough.',
      });

      const after = await request(reference);
      expect(after).toMatchObject({
        status: 'applied',
        termsVersion: 2,
        approvals: [{ comment: 'Ten days are enough.' }],
      });
      expect(after.terms.scopes).toEqual([kept]);
      expect(written(reference).map(({ id }) => id.toLowerCase().startsWith(kept!.toLowerCase()))).toEqual(
        after.targets.map(() => true),
      );
      expect(written(reference).every((each) => String(each.properties.expiresOn).startsWith(lastDay))).toBe(true);
      expect(lastCard('alice', reference).visibleText).toContain('Ten days are enough.');
      expect(await events(reference)).toContain('approved-with-changes');
      await away(reference);
    });

    it('can be said in a sentence, and is never more', async () => {
      const reference = await ask('alice', {}, 'stshopprod');
      const day = (days: number) =>
        new Date(world.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

      expect(await said('bob', `approve ${reference} until ${day(60)}`)).toContain('An approver can only shorten');
      expect((await request(reference)).status).toBe('pending');
      expect(await said('bob', `approve ${reference} until ${day(5)} "until the move"`)).toContain('is approved');
      await world.app().idle();
      expect(await request(reference)).toMatchObject({ status: 'applied', approvals: [{ comment: 'until the move' }] });
      const told = world.teams.messages('alice').findLast(({ text }) => text.includes(`${reference} was approved by`));
      expect(told?.text).toMatch(
        /was approved by Bob Berger with changes: until .+, for .+stshopprod\. “until the move”/,
      );
      await away(reference);
    });
  });

  describe('after the requester changed it', () => {
    let reference: string;

    it('opens the form as it was filled in, and sends nothing by itself', async () => {
      reference = await ask('alice', { category: 'Mitigated' }, 'stshopprod');
      await press('bob', '#approvals', reference, `Approve ${reference}`);
      expect((await request(reference)).approvals).toHaveLength(1);
      await press('alice', 'alice', reference, 'Change as a message');

      const form = JSON.stringify(world.teams.cardFor('alice', latest(world, 'alice').id));
      expect(form).toContain(`Change request ${reference}`);
      expect(form).toContain(formInputs.justification);
      expect((await request(reference)).termsVersion).toBe(1);
    });

    it('asks anew, and what was approved before does not count any more', async () => {
      const form = latest(world, 'alice').id;
      const justification = 'The uploader is replaced in January, not in spring.';
      await world.teams.press('alice', form, 'Preview', { justification });
      expect(latest(world, 'alice').visibleText).toContain(`Check your changes to ${reference}`);
      const stale = lastCard('#approvals', reference).id;
      await world.teams.press('alice', form, 'Send', {});
      await world.app().idle();

      expect(await request(reference)).toMatchObject({ termsVersion: 2, approvals: [], terms: { justification } });
      expect(lastCard('#approvals', reference).visibleText).toContain(justification);
      const { replies } = await world.teams.submit('erin', stale, {
        verb: 'approve-request',
        reference,
        version: 1,
        comment: '',
      });
      expect(replies.map(({ text }) => text)).toEqual([expect.stringContaining('in your personal chat')]);
      expect(world.teams.messages('erin').at(-1)?.text).toContain('has changed since this card was drawn');
    });

    it('is decided on the new terms by as many as ever', async () => {
      for (const person of ['bob', 'erin']) await press(person, '#approvals', reference, `Approve ${reference}`);
      expect(await request(reference)).toMatchObject({ status: 'applied', approvals: [{}, {}] });
      expect(await said('alice', `change ${reference}`)).toContain('can no longer be changed');
      await away(reference);
    });
  });

  describe('nobody does', () => {
    it('reminds approvers after 4 hours, a day and two days, once each, and lets it lapse after a week', async () => {
      const reference = await ask('alice', {}, 'stshopprod');
      const { threadId } = lastCard('#approvals', reference);
      const reminders = () =>
        world.teams.messages('#approvals').filter(({ text }) => text.startsWith(`Still waiting: ${reference}`));
      await world.clock.advance('PT3H');
      expect(reminders()).toEqual([]);
      for (const [step, count] of [
        ['PT2H', 1],
        ['PT1H', 1],
        ['P1D', 2],
        ['P1D', 3],
        ['P1D', 3],
      ] as const) {
        await world.clock.advance(step);
        expect(reminders()).toHaveLength(count);
      }
      for (const line of reminders())
        expect(line).toMatchObject({ threadId, mentioned: expect.arrayContaining(['bob']) as string[] });
      expect(cards('#approvals', reference)).toHaveLength(1);
      const texts = () => world.teams.messages('alice').map(({ text }) => text);
      expect(texts().some((text) => text.includes('still'))).toBe(false);
      await world.clock.advance('P4D');

      expect((await request(reference)).status).toBe('lapsed');
      expect(texts().filter((text) => text.startsWith(`${reference} lapsed because nobody decided`))).toHaveLength(1);
      expect(cards('#approvals', reference).every(({ visibleText }) => visibleText.includes('Lapsed'))).toBe(true);
      expect(JSON.stringify(cards('#approvals', reference))).not.toContain('approve-request');
      expect(await said('bob', `approve ${reference}`)).toContain('lapsed');
    });

    it('reminds once after a long silence, not once for every step missed', async () => {
      const reference = await ask('alice', {}, 'stshoplogs');
      const before = world.teams.messages('#approvals').length;
      await world.clock.advance('P3D');
      expect(world.teams.messages('#approvals')).toHaveLength(before + 1);
      expect(await said('alice', `withdraw ${reference}`)).toContain('is withdrawn');
    });
  });

  it('shows each person in a channel the buttons that are theirs', async () => {
    const reference = await sendRequest(world, 'alice');
    const { id } = lastCard('#approvals', reference);
    const seenBy = async (person: string) => {
      await world.teams.refresh(person, id);
      return JSON.stringify(world.teams.cardFor(person, id));
    };

    expect(await seenBy('alice')).toContain('withdraw-request');
    expect(await seenBy('alice')).not.toContain('approve-request');
    expect(await seenBy('carol')).not.toContain('approve-request');
    expect(await seenBy('bob')).toContain('approve-request');
    expect(await seenBy('carol')).toContain(storageRecommendation);
    await said('alice', `withdraw ${reference}`);
  });

  it('keeps on record who was refused, once', async () => {
    const reference = await sendRequest(world, 'alice');
    for (const _ of [1, 2, 3]) await said('alice', `approve ${reference}`);
    await said('dan', `reject ${reference} because`);
    // Nobody learns of a request by trying.
    for (const [deed, unknown] of ['approve', 'reject', 'withdraw', 'change'].flatMap((each) => [
      [each, reference],
      [each, 'EX-ZZZZZZ'],
    ]))
      expect(await said('dan', `${deed} ${unknown} because`)).toBe(
        `There is no request ${unknown} that you may see here.\nMy requests`,
      );

    const refused = (await world.app().desk.database.ledger.history(reference)).filter(
      ({ event }) => event === 'refused',
    );
    expect(refused.map(({ actor, facts }) => [actor.kind === 'person' && actor.person.name, facts.tried])).toEqual([
      ['Alice Anders', 'approve'],
      ['Dan Dorn', 'reject'],
      ['Dan Dorn', 'approve'],
      ['Dan Dorn', 'withdraw'],
      ['Dan Dorn', 'change'],
    ]);
    expect(lastCard('#approvals', reference).visibleText).not.toContain('Dan');
  });

  it('lets an exemption last for ever only where the rules allow it', async () => {
    const form = await openForm(world, 'bob');
    const fill = (inputs: Record<string, string>) =>
      world.teams.press('bob', form, 'Preview', { ...formInputs, expiry: 'never', ...inputs });
    const resources = offered(world, 'bob', form, 'stcorpweb');
    await fill({ resources });
    expect(latest(world, 'bob').visibleText).toContain('An expiry date is required here');
    await fill({ resources, category: 'Mitigated' });
    expect(latest(world, 'bob').visibleText).toContain('Never');
    await world.teams.press('bob', form, 'Send', {});
    await world.app().idle();
    const [newest] = await everyRequest(world.app().desk.database.requests);
    await press('erin', '#approvals', newest!.reference, `Approve ${newest!.reference}`);

    expect(written(newest!.reference).length).toBeGreaterThan(0);
    expect(written(newest!.reference).every(({ properties }) => !('expiresOn' in properties))).toBe(true);
    await world.clock.advance('P400D');
    expect((await request(newest!.reference)).status).not.toBe('expired');
  });
});
