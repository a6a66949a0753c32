import { alice, bob } from '../../core/contoso.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, askAndWrite, current } from '../../fakes/story.ts';
import { answerTo } from '../say-to-desk.ts';

/** Somebody types a line about a request that waits; `EX` stands for its reference. */
const typed = async (line: string, person = bob) => {
  const world = await makeDesk();
  const { reference } = await ask(world);
  const answer = await answerTo(world, person, line.replaceAll('EX-A', reference));
  return { answer, request: await current(world, reference), reference };
};

describe('words after a reference that were not understood', () => {
  it.each([
    ['approve EX-A until the audit', 'no date that Exemption Desk can read'],
    ['approve EX-A until 01/02/2027', '1 Feb 2027 or 2 Jan 2027'],
    ['approve EX-A until next Friday', 'Write 20'],
    ['approve EX-A for 3 sprints', 'no length that Exemption Desk can read'],
    ['approve EX-A for now', 'no length that Exemption Desk can read'],
    ['approve EX-A for 1 week and 2 days', 'is not one day or one length'],
    ['approve EX-A until 31 Dec 14:00', 'is not one day or one length'],
    ['approve EX-A ok until tomorrow', 'put it in quotes'],
    ['approve EX-A fine, but for 2 weeks', 'put it in quotes'],
    ['approve EX-A only vm-1', 'put it in quotes'],
    ['approve EX-A if the audit agrees', 'put it in quotes'],
    ['approve EX-A tomorrow', 'put it in quotes'],
    ['approve EX-A ok, and ex–bbbb22', 'EX-BBBB22'],
    ['reject EX-A same as EX-BBBB22.', 'EX-BBBB22'],
    ['reject EX-A until tomorrow', 'put it in quotes'],
    ['withdraw EX-A EX-BBBB22', 'EX-BBBB22'],
    ['withdraw EX-A tomorrow', 'Nothing was decided'],
    ['revoke EX-A EX-BBBB22 no longer needed', 'EX-BBBB22'],
    ['withdraw EX-A if nobody approves it', 'put it in quotes'],
    ['revoke EX-A on Friday', 'put it in quotes'],
    ['revoke EX-A once the patch is out', 'put it in quotes'],
  ])('decide nothing: %s', async (line, question) => {
    const { answer, request } = await typed(line, line.startsWith('withdraw') ? alice : bob);
    expect(answer).toContain(question);
    expect(request).toMatchObject({ status: 'pending', version: 1 });
  });

  it('are a comment in quotes, whatever they say', async () => {
    const { request } = await typed('approve EX-A "until tomorrow, as in EX-BBBB22"');
    expect(request.approvals).toMatchObject([{ comment: 'until tomorrow, as in EX-BBBB22' }]);
    expect((await typed('reject EX-A “same as EX-BBBB22”')).request.status).toBe('rejected');
  });
});

describe('a reason', () => {
  it.each([
    ['withdraw EX-A because we patched it', 'withdrawn', alice],
    ['reject EX-A not justified for 2 weeks', 'rejected', bob],
    ['reject EX-A 3 findings are open', 'rejected', bob],
  ])('is taken as one: %s', async (line, status, person) => {
    expect((await typed(line, person)).request.status).toBe(status);
  });
});

describe('an approval for less time', () => {
  it.each([
    ['until tomorrow', ''],
    ['until tomorrow ok', 'ok'],
    ['UNTIL 1 day fine by me', 'fine by me'],
    ['for 1 day, fine by me', 'fine by me'],
    ['only for a day "until then"', 'until then'],
  ])('is read from “%s”, and said', async (words, comment) => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
    const tomorrow = new Date(world.clock.now().getTime() + 86_400_000);

    const answer = await answerTo(world, bob, `approve ${reference} ${words}`);

    expect(answer).toContain(`is approved until ${day.format(tomorrow)}`);
    expect(await current(world, reference)).toMatchObject({
      status: 'approved',
      terms: { expiresAt: new Date(`${tomorrow.toISOString().slice(0, 10)}T23:59:59Z`) },
      approvals: [{ comment }],
    });
  });

  it('says the day too where nothing was shortened', async () => {
    expect((await typed('approve EX-A and as far as I go')).request.status).toBe('approved');
    const { answer, request } = await typed('approve EX-A fine');
    expect(answer).toContain('is approved until ');
    expect(request.approvals).toMatchObject([{ comment: 'fine' }]);
  });
});

describe('revoking', () => {
  const written = async (line: string) => {
    const world: TestDesk = await makeDesk();
    const { reference } = await askAndWrite(world);
    const answer = await answerTo(world, alice, line.replaceAll('EX-A', reference));
    return { answer, request: await current(world, reference) };
  };

  it('at once is not what a date asks for', async () => {
    const { answer, request } = await written('revoke EX-A tomorrow');
    expect(answer).toContain('at once');
    expect(request.status).not.toBe('revoking');
    expect((await written('revoke EX-A no longer needed')).request.status).toBe('revoking');
  });
});
