import { approverIn, approverWords, isNamedApprover, type Candidate } from '../../../src/core/governance/approvers.ts';
import { bob } from '../contoso.ts';

const groupId = 'bbbbbbbb-0000-4000-8000-000000000001';
const personId = 'cccccccc-0000-4000-8000-000000000001';
const security = { kind: 'group', id: groupId } as const;
const somebody = { kind: 'person', id: personId } as const;
const candidate: Candidate = { person: { ...bob, objectId: personId.toUpperCase() }, groups: [groupId.toUpperCase()] };

describe('approvers in the governance file', () => {
  it.each([
    [`group:${groupId}`, security],
    [`group: ${groupId.toUpperCase()} `, security],
    [`person:${personId}`, somebody],
    ['group:Cloud Security', undefined],
    ['person:bob@contoso.com', undefined],
    [groupId, undefined],
    [`role:${groupId}`, undefined],
  ])('%s', (text, approver) => {
    expect(approverIn(text)).toEqual(approver);
  });

  it.each([security, somebody])('find Bob by %j, whatever the case', (approver) => {
    const nobody = { kind: 'person', id: 'dddddddd-0000-4000-8000-000000000001' } as const;
    expect(isNamedApprover([[nobody, approver]], candidate)).toBe(true);
    expect(isNamedApprover([[nobody]], candidate)).toBe(false);
  });

  it('do not take a person for a group, nor a group for a person', () => {
    expect(isNamedApprover([[{ kind: 'group', id: personId }]], candidate)).toBe(false);
    expect(isNamedApprover([[{ kind: 'person', id: groupId }]], candidate)).toBe(false);
  });

  it('must be found in every list, and no list leaves it to the Azure roles', () => {
    expect(isNamedApprover([[security], [{ ...somebody, id: groupId }]], candidate)).toBe(false);
    expect(isNamedApprover([[security], [somebody]], candidate)).toBe(true);
    expect(isNamedApprover([], candidate)).toBe(true);
  });

  it('count no group when Microsoft Graph may not be asked', () => {
    expect(isNamedApprover([[security]], { ...candidate, groups: undefined })).toBe(false);
  });

  it('are told in words', () => {
    expect(approverWords([security, somebody])).toBe(`members of the group ${groupId} or the person ${personId}`);
  });
});
