import { approverWarning, sufficiencyOf } from '../../../src/core/access/approver-words.ts';

const asked = (needed: number, more: { unread?: number; isNarrowed?: boolean } = {}) => ({
  needed,
  unread: more.unread ?? 0,
  isNarrowed: more.isNarrowed ?? false,
});
const count = (least: number, most = least, names: readonly string[] = []) => ({ least, most, names });

describe('the warning of too few approvers', () => {
  it.each([
    [count(1), 1],
    [count(400), 2],
    [count(2, Infinity), 2],
    // One approval, and nobody can tell: every preview of a tenant without Microsoft Graph would say so.
    [count(0, Infinity), 1],
  ])('is left out for %j and %d approvals', (counted, needed) => {
    expect(approverWarning(counted, asked(needed))).toBeUndefined();
  });

  it('names who can, and what to do', () => {
    expect(approverWarning(count(1, 1, ['Bob Berger']), asked(2))).toEqual({
      kind: 'warning',
      sentence:
        '2 approvals are needed; besides you, only 1 person can give one: Bob Berger. Ask whoever manages the roles there to make somebody Owner, Security Admin or Resource Policy Contributor. Roles that people first have to activate are not counted.',
    });
  });

  it('names nobody where not everybody has a known name', () => {
    const { sentence } = approverWarning(count(1, 2, ['Bob Berger']), asked(3))!;
    expect(sentence).toContain('besides you, only 2 people can give one. Ask');
  });

  it('says nobody, and points to the governance file where that names approvers', () => {
    const { kind, sentence } = approverWarning(count(0), asked(1, { isNarrowed: true }))!;
    expect(kind).toBe('warning');
    expect(sentence).toContain(
      '1 approval is needed; besides you, nobody can give one. Ask whoever looks after the gov',
    );
  });

  it('says that it could not be counted only where several approvals are needed', () => {
    expect(approverWarning(count(1, Infinity), asked(2, { unread: 3 }))).toEqual({
      kind: 'not-checked',
      sentence:
        '2 approvals are needed. Whether enough people can give them could not be counted, because 3 groups with such a role could not be read from Microsoft Graph.',
    });
    expect(approverWarning(count(1, 2), asked(2))!.sentence).toMatch(/could not be counted\.$/);
  });

  it('is certain or silent', () => {
    expect([sufficiencyOf(count(1, 2), 2), sufficiencyOf(count(0, 1), 2), sufficiencyOf(count(2, 9), 2)]).toEqual([
      'unknown',
      'short',
      'enough',
    ]);
  });
});
