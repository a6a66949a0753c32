import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { answerTurn, readPress } from '../../src/bot/answer-turn.ts';
import { buttons, commands } from '../../src/bot/routes.ts';
import type { Turn } from '../../src/bot/turn.ts';
import type { Desk } from '../../src/workflow/desk.ts';

const dataOf = (submitted: unknown) => {
  const press = readPress(submitted);
  return press === undefined ? undefined : { verb: press.button.verb, ...press.data };
};

describe('a click', () => {
  it('brings the button’s data and what was typed together', () => {
    const click = { verb: 'approve-request', reference: 'EX-12AB', version: 3, comment: 'Fine.' };
    expect(dataOf(click)).toEqual({ ...click, again: false });
  });

  it('takes ticked choices apart and reads inputs that were left empty', () => {
    expect(dataOf({ verb: 'preview-request', draftId: 'd-1', resources: 'a1,b2', category: 'Waiver' })).toEqual({
      verb: 'preview-request',
      draftId: 'd-1',
      scope: '',
      page: 1,
      resources: ['a1', 'b2'],
      searched: [],
      named: '',
      name: '',
      category: 'Waiver',
      expiry: '',
      expiryDate: '',
      justification: '',
      ticket: '',
      reason: '',
      ...{ evidence1: '', evidence2: '', evidence3: '', evidence4: '', evidence5: '' },
    });
  });

  it.each([
    [
      { verb: 'show-recommendation', key: 'a-key', page: 2 },
      {
        verb: 'show-recommendation',
        assessmentKey: 'a-key',
        page: 2,
        selected: [],
        find: '',
        found: '',
        searching: 'as-before',
      },
    ],
    [
      { verb: 'open-form', key: 'a-key', selected: '/a' },
      { verb: 'open-form', assessmentKey: 'a-key', selected: ['/a'], asMessage: false },
    ],
  ])('on a card of an earlier version still works (%j)', (old, today) => {
    expect(dataOf(old)).toEqual(today);
  });

  it.each([
    ['nothing', undefined],
    ['an unknown verb', { verb: 'grant-everything' }],
    ['a verb that every object has', { verb: 'constructor' }],
    ['a reference that is none', { verb: 'show-request', reference: '../EX-12AB' }],
    ['a version that is no number', { verb: 'withdraw-request', reference: 'EX-12AB', version: '3' }],
    ['a page before the first', { verb: 'list-requests', which: 'mine', status: 'any', page: 0 }],
    [
      'a comment longer than the form allows',
      { verb: 'approve-request', reference: 'EX-12AB', version: 3, comment: 'x'.repeat(1001) },
    ],
    ['an input that is an object', { verb: 'reject-request', reference: 'EX-12AB', version: 3, reason: { $ne: '' } }],
  ])('with %s is refused', async (_what, data) => {
    expect(readPress(data)).toBeUndefined();
    const press = answerTurn({} as Desk, { submitted: data ?? {} } as Turn);
    await expect(press).rejects.toThrow('That button is outdated');
  });
});

describe('while the bot only reads', () => {
  const desk = { readOnly: true } as Desk;
  const reads = (of: readonly { readonly name: string; readonly changes: boolean }[]) =>
    of.filter(({ changes }) => !changes).map(({ name }) => name);

  it('a button that changes something is refused before it does anything', async () => {
    const submitted = { verb: 'approve-request', reference: 'EX-12AB', version: 3, comment: '' };
    await expect(answerTurn(desk, { submitted } as Turn)).rejects.toThrow('read-only at the moment');
  });

  it('a command that changes something is refused, also where a button says it', async () => {
    for (const turn of [
      { submitted: undefined, text: 'approve EX-12AB' },
      { submitted: { verb: 'say', command: 'approve EX-12AB' } },
    ])
      await expect(answerTurn(desk, turn as Turn)).rejects.toThrow('read-only at the moment');
  });

  // Whoever adds a name here says that nothing is asked for, decided or taken back by it.
  it('exactly these go on', () => {
    expect(reads(Object.values(buttons).map(({ verb, changes }) => ({ name: verb, changes })))).toEqual([
      'list-recommendations',
      'show-recommendation',
      'list-exempted',
      'turn-form-page',
      'form-as-message',
      'edit-request',
      'discard-request',
      'refresh-request',
      'show-request',
      'list-requests',
      'list-exemptions',
      'show-exemption',
      'open-exemption',
      'show-score',
      'offer-report-file',
      'show-status',
      'send-again',
      'say',
    ]);
    expect(reads(commands)).toEqual([
      'help',
      'home',
      'recommendations',
      'recommendation',
      'requests',
      'request',
      'why',
      'exemptions',
      'exemption',
      'score',
      'report',
      'subscribe',
      'unsubscribe',
      'subscriptions',
      'approvals here',
      'status',
    ]);
  });
});

describe('every button and every command', () => {
  const filesIn = (folder: string) =>
    readdirSync(`src/bot/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && dirname(path) !== '.')
      .map((path) => basename(path, '.ts'));

  it('stands in a file of its own that has its name', () => {
    const named = (names: readonly string[], files: readonly string[]) =>
      names.filter((name) => files.filter((file) => file === name).length !== 1);
    expect(named(Object.keys(buttons), filesIn('actions'))).toEqual([]);
    const words = commands.map(({ name }) => name.replace(' ', '-'));
    expect(named(words, filesIn('commands'))).toEqual([]);
  });
});
