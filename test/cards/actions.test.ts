import { parseAction } from '../../src/cards/actions.ts';

describe('a click', () => {
  it('brings the button’s data and what was typed together', () => {
    const click = { verb: 'approve-request', reference: 'EX-12AB', version: 3, comment: 'Fine.' };
    expect(parseAction(click)).toEqual(click);
  });

  it('takes ticked choices apart and reads inputs that were left empty', () => {
    expect(parseAction({ verb: 'preview-request', draftId: 'd-1', resources: '/a,/b', category: 'Waiver' })).toEqual({
      verb: 'preview-request',
      draftId: 'd-1',
      scope: '',
      resources: ['/a', '/b'],
      name: '',
      category: 'Waiver',
      expiry: '',
      expiryDate: '',
      justification: '',
      ticket: '',
    });
  });

  it.each([
    ['nothing', undefined],
    ['an unknown verb', { verb: 'grant-everything' }],
    ['a reference that is none', { verb: 'show-request', reference: '../EX-12AB' }],
    ['a version that is no number', { verb: 'withdraw-request', reference: 'EX-12AB', version: '3' }],
    ['a page before the first', { verb: 'list-requests', which: 'mine', status: 'any', page: 0 }],
    [
      'a comment longer than the form allows',
      { verb: 'approve-request', reference: 'EX-12AB', version: 3, comment: 'x'.repeat(1001) },
    ],
    ['an input that is an object', { verb: 'reject-request', reference: 'EX-12AB', version: 3, reason: { $ne: '' } }],
  ])('with %s is refused', (_what, data) => {
    expect(parseAction(data)).toBeUndefined();
  });
});
