import { answerTurn } from '../../src/bot/answer-turn.ts';
import { refuseToGuest, type GuestRights, type GuestUse } from '../../src/core/access/guest-rights.ts';
import { buttons, commands } from '../../src/bot/routes.ts';
import type { Turn } from '../../src/bot/turn.ts';
import type { Desk } from '../../src/workflow/desk.ts';

type Used = { readonly name: string; readonly changes: boolean; readonly guests: GuestUse };
const all: readonly Used[] = [...commands, ...Object.values(buttons).map((each) => ({ ...each, name: each.verb }))];
const called = (use: GuestUse): string[] =>
  all
    .filter(({ guests }) => guests === use)
    .map(({ name }) => name)
    .sort();

describe('what a command or button is for a guest', () => {
  it.each<[GuestRights | undefined, GuestUse, boolean]>([
    [undefined, 'reads', true],
    [undefined, 'asks', true],
    [undefined, 'nothing', true],
    ['read', 'reads', true],
    ['read', 'asks', false],
    ['read', 'nothing', false],
    ['read-and-ask', 'reads', true],
    ['read-and-ask', 'asks', true],
    ['read-and-ask', 'nothing', false],
  ])('for somebody who may %s: %s is allowed: %s', (rights, use, isAllowed) => {
    const attempt = expect(() => refuseToGuest(rights, use));
    if (isAllowed) attempt.not.toThrow();
    else attempt.toThrow('You are a guest in this organisation.');
  });

  it('is never reading where it changes something', () => {
    expect(all.filter(({ changes, guests }) => changes && guests === 'reads').map(({ name }) => name)).toEqual([]);
  });

  // Whoever adds a name here says that guests of other organisations may use it.
  it('is reading for exactly these', () => {
    expect(called('reads')).toEqual([
      'exemption',
      'exemptions',
      'help',
      'home',
      'list-exempted',
      'list-exemptions',
      'list-recommendations',
      'list-requests',
      'offer-report-file',
      'open-exemption',
      'recommendation',
      'recommendations',
      'refresh-request',
      'report',
      'request',
      'requests',
      'say',
      'score',
      'show-exemption',
      'show-recommendation',
      'show-request',
      'show-score',
      'show-status',
      'status',
      'subscriptions',
      'why',
    ]);
  });

  it('is asking for exactly these, all else is refused', () => {
    expect(called('asks')).toEqual([
      'again',
      'ask-again',
      'change',
      'change-request',
      'claim-draft',
      'discard-request',
      'edit-request',
      'exempt',
      'extend-request',
      'form-as-message',
      'open-form',
      'preview-request',
      'renew',
      'replace-request',
      'send-request',
      'turn-form-page',
      'withdraw',
      'withdraw-request',
    ]);
  });

  it('is judged before anything is done, for buttons, lines and lines that a button says', async () => {
    const submitted = { verb: 'send-again' };
    for (const turn of [
      { submitted },
      { submitted: undefined, text: 'approve EX-12AB' },
      { submitted: { verb: 'say', command: 'approve EX-12AB' } },
    ])
      await expect(answerTurn({} as Desk, { ...turn, guest: 'read-and-ask' } as Turn)).rejects.toThrow(
        'You are a guest',
      );
  });
});
