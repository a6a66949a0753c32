import { approverIn, isNamedApprover, type Candidate } from '../../src/core/approvers.ts';
import { bob } from './contoso.ts';

const security = { kind: 'group', named: 'Cloud Security' } as const;
const candidate: Candidate = {
  person: bob,
  userPrincipalName: 'bob@contoso.com',
  groups: [{ id: 'bbbbbbbb-0000-4000-8000-000000000001', name: 'cloud security' }],
};

describe('approvers in the governance file', () => {
  it.each([
    ['group:Cloud Security', security],
    ['group: Cloud Security ', security],
    ['person:bob@contoso.com', { kind: 'person', named: 'bob@contoso.com' }],
    ['Cloud Security', undefined],
    ['group:', undefined],
    ['role:Owner', undefined],
  ])('%s', (text, approver) => {
    expect(approverIn(text)).toEqual(approver);
  });

  it.each([
    security,
    { kind: 'group', named: 'BBBBBBBB-0000-4000-8000-000000000001' },
    { kind: 'person', named: 'Bob@Contoso.com' },
    { kind: 'person', named: bob.objectId },
  ] as const)('find Bob by %j', (approver) => {
    expect(isNamedApprover([[{ kind: 'person', named: 'somebody@contoso.com' }, approver]], candidate)).toBe(true);
  });

  it('do not take a display name for a person, nor a person for a group', () => {
    expect(isNamedApprover([[{ kind: 'person', named: bob.name }]], candidate)).toBe(false);
    expect(isNamedApprover([[{ kind: 'person', named: 'cloud security' }]], candidate)).toBe(false);
    expect(isNamedApprover([[{ kind: 'group', named: 'bob@contoso.com' }]], candidate)).toBe(false);
  });

  it('must be found in every list, and no list leaves it to the Azure roles', () => {
    expect(isNamedApprover([[security], [{ kind: 'person', named: 'somebody@contoso.com' }]], candidate)).toBe(false);
    expect(isNamedApprover([[security], [{ kind: 'person', named: bob.objectId }]], candidate)).toBe(true);
    expect(isNamedApprover([], candidate)).toBe(true);
  });

  it('count no group when Microsoft Graph may not be asked', () => {
    expect(isNamedApprover([[security]], { ...candidate, groups: undefined })).toBe(false);
  });
});
