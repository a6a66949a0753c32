import { belongingOf, type RosterEntry } from '../../../src/core/chat/belonging.ts';

const [ours, theirs] = ['72f988aa-0000-4000-8000-0000000000aa', '9a1b22cc-0000-4000-8000-0000000000bb'];
const alice = '00000000-0000-4000-8000-000000000101';

const entry: RosterEntry = {
  id: '29:alice',
  objectId: alice,
  tenantId: ours,
  userRole: 'user',
  userPrincipalName: 'alice@contoso.com',
};

describe('whether somebody belongs to the organisation', () => {
  it.each<[string, Partial<RosterEntry>, ReturnType<typeof belongingOf>]>([
    ['an account of ours', {}, 'member'],
    ['ids in another case', { objectId: alice.toUpperCase(), tenantId: ours.toUpperCase() }, 'member'],
    ['no UPN, as for bots in large teams', { userPrincipalName: undefined }, 'member'],
    ['no object id', { objectId: undefined }, 'member'],
    ['a role that is new to us', { userRole: 'presenter' }, 'member'],
    ['a guest', { userRole: 'guest' }, 'guest'],
    ['a guest in another case', { userRole: 'Guest' }, 'guest'],
    ['the UPN of a guest', { userPrincipalName: 'gina_fabrikam.com#ext#@contoso.onmicrosoft.com' }, 'guest'],
    ['no role', { userRole: undefined }, 'guest'],
    ['another tenant', { tenantId: theirs }, 'outsider'],
    ['a guest who keeps another tenant', { tenantId: theirs, userRole: 'guest' }, 'outsider'],
    ['nobody with an account, in our meeting', { objectId: undefined, userRole: 'Anonymous' }, 'outsider'],
    ['no tenant', { tenantId: undefined }, undefined],
    ['an empty tenant', { tenantId: '' }, undefined],
    ['somebody else', { objectId: '00000000-0000-4000-8000-000000000102' }, undefined],
  ])('%s', (_what, changes, expected) => {
    expect(belongingOf({ ...entry, ...changes }, alice, [ours])).toBe(expected);
  });
});
