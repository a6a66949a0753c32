import type { ApproverFacts, ApproverSource } from '../../../src/core/access/approver-count.ts';
import { writeExemptions } from '../../../src/core/access/access.ts';
import { approverIn } from '../../../src/core/governance/approvers.ts';
import { startDraft } from '../../../src/workflow/ask/draft-request.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { warnOfApprovers } from '../../../src/workflow/rights/count-approvers.ts';
import { findTooFewApprovers } from '../../../src/workflow/rights/find-too-few-approvers.ts';
import { alice, bob, contoso, root, shopProd, vm1 } from '../../core/contoso.ts';
import { rule, rulesWith } from '../../core/governance-facts.ts';
import { atRoot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { filledIn } from '../../fakes/story.ts';

const security = '00000000-0000-4000-8000-0000000000a1';
const bobId = bob.objectId.toLowerCase();

/** Only these people have a role of their own. */
const factsOf = (...people: readonly string[]): ApproverFacts => ({
  question: { needs: [{ people, groups: [] }], refusals: [], mayRefuseMore: false },
  directory: {
    groups: new Map(),
    people: new Map(people.map((each) => [each, true])),
    names: new Map([[bobId, bob.name]]),
  },
  unread: 0,
});

const asking = (facts: ApproverFacts | undefined) => {
  const asked: Parameters<ApproverSource['factsFor']>[0][] = [];
  const approvers: ApproverSource = {
    factsFor: async (wanted) => {
      asked.push(wanted);
      return facts;
    },
  };
  return { asked, desk: { approvers, delegateGroups: [security] } };
};
const targets = [{ scope: vm1, assignmentId: atRoot.id }];

describe('the warning of a preview', () => {
  const shown = async (facts: ApproverFacts | undefined, approvals: number, person = alice) => {
    const world = await makeDesk({ governance: rulesWith([], { approvals }) });
    Object.assign(world.tenant, { approverFacts: facts });
    const { draft } = await startDraft(world.desk, person, disks.key);
    const result = await previewRequest(world.desk, person, draft.id, filledIn());
    return result.kind === 'preview' ? result.preview.approverWarning : result.problems;
  };

  it('counts everybody but who asks', async () => {
    expect(await shown(factsOf(bobId), 1)).toBeUndefined();
    expect(await shown(factsOf(bobId, alice.objectId.toLowerCase()), 2)).toMatchObject({
      kind: 'warning',
      sentence: expect.stringContaining(`besides you, only 1 person can give one: ${bob.name}.`) as string,
    });
    expect(await shown(factsOf(bobId), 1, bob)).toMatchObject({
      sentence: expect.stringContaining('besides you, nobody can give one') as string,
    });
  });

  it('is left out where nothing was read, and where no approval is needed', async () => {
    expect(await shown(undefined, 2)).toBeUndefined();
    expect(await shown(factsOf(), 0, bob)).toBeUndefined();
  });
});

describe('who is counted', () => {
  it('holds both rights, or the lent one through a group, and is in every list of the governance file', async () => {
    const { asked, desk } = asking(factsOf(bobId));
    const lists = [[approverIn(`group:${security}`)!, approverIn(`person:${bob.objectId}`)!]];
    await warnOfApprovers(desk, alice, targets, { approvals: 1, approvers: lists });
    expect(asked).toEqual([
      {
        rights: [
          { action: writeExemptions, scope: vm1 },
          { action: 'Microsoft.Authorization/policyAssignments/exempt/action', scope: root },
        ],
        lent: { actions: ['Microsoft.Authorization/policyAssignments/exempt/action'], groups: [security] },
        named: [{ people: [bobId], groups: [security] }],
      },
    ]);
  });

  it('costs nothing where no approval is needed or nothing would be written', async () => {
    const { asked, desk } = asking(factsOf());
    await warnOfApprovers(desk, alice, targets, { approvals: 0, approvers: [] });
    await warnOfApprovers(desk, alice, [], { approvals: 2, approvers: [] });
    expect(asked).toEqual([]);
  });
});

describe('the scopes with too few approvers', () => {
  const survey = async (facts: ApproverFacts | undefined, governance = rulesWith([])) => {
    const found = await findTooFewApprovers({ ...asking(facts).desk, hierarchy: async () => contoso, governance });
    return found && { ...found, tooFew: found.tooFew.map(({ title, asked }) => `${title}: ${asked.rule}`) };
  };

  it('are none where there are enough everywhere, and unknown where nothing was read', async () => {
    expect(await survey(factsOf(bobId))).toEqual({ scopes: 7, tooFew: [], unknown: 0 });
    expect(await survey(undefined)).toBeUndefined();
  });

  it('are named with the rule that asks for more, only where the rule is about the whole scope', async () => {
    const two = rule('Two 1', { scope: ['mg:Online'], severity: ['high'] }, { approvals: 2 });
    const resource = rule('One machine 2', { scope: [vm1] }, { approvals: 5 });
    expect(await survey(factsOf(bobId), rulesWith([two, resource]))).toMatchObject({
      tooFew: ['Subscription shop-prod: Two 1', 'Subscription shop-test: Two 1', 'Management group Online: Two 1'],
    });
  });

  it('are not those that a rule above has decided for every request', async () => {
    const one = rule('One here 1', { scope: [shopProd] }, { approvals: 1 });
    const none = rule('Denied 2', { scope: ['mg:Sandbox'] }, { deny: 'No.' });
    const two = rule('Two 3', {}, { approvals: 2 });
    const found = await survey(factsOf(bobId), rulesWith([one, none, two]));
    expect(found!.tooFew).not.toContain('Subscription shop-prod: Two 3');
    expect(found!.tooFew).not.toContain('Subscription playground: Two 3');
    expect(found!.tooFew).toContain('Subscription shop-test: Two 3');
  });

  it('need as many as usual where a rule asks for none of those who could decide themselves', async () => {
    const none = rule('None 1', { scope: [shopProd] }, { approvals: 0 });
    expect((await survey(factsOf(), rulesWith([none])))!.tooFew).toContain('Subscription shop-prod: None 1');
    expect((await survey(factsOf(bobId), rulesWith([none])))!.tooFew).toEqual([]);
  });

  it('are counted apart where nobody can tell', async () => {
    const hidden = { ...factsOf(), question: { ...factsOf().question, needs: [{ people: [], groups: [security] }] } };
    expect(await survey(hidden)).toEqual({ scopes: 7, tooFew: [], unknown: 7 });
  });
});
