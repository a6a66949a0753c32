import { startDraftByWords } from '../../../src/workflow/ask/start-draft-by-words.ts';
import { alice, bob, root, shopGroup, shopProd } from '../../core/contoso.ts';
import { disks } from '../../fakes/fake-tenant.ts';
import { makeDesk } from '../../fakes/make-desk.ts';

const started = async (resource: string, person = bob) => {
  const { desk } = await makeDesk();
  return startDraftByWords(desk, person, {
    resources: [resource],
    recommendation: disks.title,
    lastDay: undefined,
    days: undefined,
    category: undefined,
    justification: '',
  });
};

describe('a wider scope in the words of a request', () => {
  it.each([
    ['Subscription shop-prod', shopProd],
    [shopProd, shopProd],
    [shopGroup.toUpperCase(), shopGroup],
    ['Management group Contoso', root],
    ['contoso', root],
    ['rg-shop@shop-prod', shopGroup],
  ])('opens the form for it: %s', async (said, scope) => {
    const result = await started(said);
    expect(result.kind === 'open' ? result.open.draft.form : result).toMatchObject({ scope, resources: [] });
  });

  it('is a question where resources can be meant as well', async () => {
    const result = await started('rg-shop');
    expect(result).toMatchObject({ kind: 'unclear', question: 'Which scope or resource do you mean by “rg-shop”?' });
    expect(result.kind === 'unclear' ? result.candidates[0]?.line : '').toContain(`exempt "${shopGroup}" from`);
  });

  it('is none where the person may not read it', async () => {
    await expect(started('contoso', alice)).rejects.toThrow('called “contoso” that you can see');
  });
});

describe('a recommendation without an assignment in what lists know', () => {
  const words = {
    resources: ['rg-shop@shop-prod'],
    recommendation: disks.title,
    lastDay: undefined,
    days: undefined,
    category: undefined,
    justification: '',
  };
  const withoutAssignments = async () => {
    const { desk } = await makeDesk();
    return { ...desk, policiesForLists: { assignments: async () => [] } };
  };

  it('opens the form where Azure has one by now', async () => {
    expect(await startDraftByWords(await withoutAssignments(), bob, words)).toMatchObject({ kind: 'open' });
  });

  it('is refused where Azure has none either', async () => {
    const desk = await withoutAssignments();
    const policies = { ...desk.policies, assignments: async () => [] };
    await expect(startDraftByWords({ ...desk, policies }, bob, words)).rejects.toThrow('no policy assignment in force');
  });
});

describe('a recommendation that is meant by more titles than a question names', () => {
  const called = (count: number) => Array.from({ length: count }, (_, index) => `Encrypt what is number ${index}`);

  it.each([
    [2, 'matches 2 recommendations'],
    [100, 'matches 100 recommendations'],
    [101, 'matches at least 100 recommendations'],
  ])('is asked about with how many there are: %i', async (count, words) => {
    const { desk, tenant } = await makeDesk();
    const [sample] = tenant.recommendations;
    const [assessment] = tenant.assessments;
    tenant.recommendations = called(count).map((title) => ({ ...sample!, key: title, title }));
    tenant.assessments = called(count).map((title) => ({ ...assessment!, recommendationKey: title }));
    const result = await startDraftByWords(desk, bob, {
      resources: ['rg-shop'],
      recommendation: 'encrypt what is',
      lastDay: undefined,
      days: undefined,
      category: undefined,
      justification: '',
    });
    expect(result.kind === 'unclear' ? result.question : result.kind).toContain(words);
  });
});
