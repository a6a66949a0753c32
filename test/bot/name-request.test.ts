import { nameRequest } from '../../src/bot/outcome-of.ts';

const sentence = 'Azure did not answer; nothing was changed. Please try again.';

describe('a refusal of a press', () => {
  it.each([
    [{ verb: 'approve-request', reference: 'EX-0001', version: 1, comment: '' }, `EX-0001: ${sentence}`],
    [{ verb: 'say', command: 'help' }, sentence],
    [{ verb: 'no such verb', reference: 'EX-0001' }, sentence],
    [undefined, sentence],
  ])('names the request that %j is about', (submitted, told) => {
    expect(nameRequest(submitted, sentence)).toBe(told);
  });

  it('does not name it twice', () => {
    const press = { verb: 'approve-request', reference: 'EX-0001', version: 1, comment: '' };
    expect(nameRequest(press, 'There is no request EX-0001.')).toBe('There is no request EX-0001.');
  });
});
