import { cleanupKinds } from '../../../src/core/inventory/cleanup.ts';
import { stillReading, withoutDefender } from '../../../src/core/inventory/listing-age.ts';
import type { ListName, WhyEmpty } from '../../../src/core/access/why-empty.ts';
import { listExemptions } from '../../../src/workflow/inventory/list-exemptions.ts';
import { planCleanup } from '../../../src/workflow/inventory/plan-cleanup.ts';
import { listRecommendations } from '../../../src/workflow/recommendation/list-recommendations.ts';
import { showScore } from '../../../src/workflow/recommendation/show-score.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { makeReport } from '../../../src/workflow/report/make-report.ts';
import { listRequests } from '../../../src/workflow/tell/list-requests.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import type { Person } from '../../../src/core/person.ts';
import { alice, bob, dan, playground, shopGroup, shopProd } from '../../core/contoso.ts';
import { ask } from '../../fakes/story.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';

type Listed = Exclude<ListName, 'subscriptions'>;
type Narrowed = { readonly narrow?: boolean };
type Ask = (desk: Desk, person: Person, how?: Narrowed) => Promise<{ readonly whyEmpty: WhyEmpty | undefined }>;

const at = (person: Person) => ({ person, channelId: undefined });
const everything = {
  severity: undefined,
  subscription: '',
  type: '',
  group: '',
  tag: '',
  owner: '',
  control: '',
  exemptable: false,
  page: 1,
};
const whole = { kind: 'all', withinDays: 30, subscription: '', page: 1 } as const;

/** Every list, as somebody asks for it; narrow: with a filter that hides everything. */
const lists: Readonly<Record<Listed, Ask>> = {
  recommendations: (desk, person, { narrow = false } = {}) =>
    listRecommendations(desk, at(person), { ...everything, text: narrow ? 'no such title' : '', exempt: false }),
  'recommendations with exemptions': (desk, person, { narrow = false } = {}) =>
    listRecommendations(desk, at(person), { ...everything, text: narrow ? 'no such title' : '', exempt: true }),
  exemptions: (desk, person, { narrow = false } = {}) =>
    listExemptions(desk, at(person), { ...whole, text: narrow ? 'no such name' : '' }),
  'my requests': (desk, person, { narrow = false } = {}) =>
    listRequests(desk, at(person), { which: 'mine', status: narrow ? 'lapsed' : undefined, page: 1 }),
  'requests to decide': (desk, person, { narrow = false } = {}) =>
    listRequests(desk, at(person), { which: 'to-decide', status: narrow ? 'lapsed' : undefined, page: 1 }),
  'all requests': (desk, person, { narrow = false } = {}) =>
    listRequests(desk, at(person), { which: 'all', status: narrow ? 'lapsed' : undefined, page: 1 }),
  report: (desk, person) => makeReport(desk, at(person), { fromDay: '2026-11-01', toDay: '2026-11-20' }),
  score: (desk, person, { narrow = false } = {}) => showScore(desk, at(person), narrow ? 'playground' : ''),
  cleanup: (desk, person, { narrow = false } = {}) => planCleanup(desk, person, narrow ? ['orphaned'] : cleanupKinds),
};
const expired = exemption(atRoot, shopProd, ['diskEncryption'], { expiresAt: new Date('2026-01-01T00:00:00Z') });
const names = Object.keys(lists) as Listed[];
const score = { subscription: shopProd, current: 1, max: 2, weight: 1, controls: [] };

describe('why a list is empty', () => {
  let world: TestDesk;
  beforeEach(async () => {
    world = await makeDesk();
    await sweepExemptions(world.desk);
  });
  const why = async (list: Listed, person: Person, how?: Narrowed) =>
    (await lists[list](world.desk, person, how)).whyEmpty;

  it.each(names)('%s: no role', async (list) => {
    expect(await why(list, dan)).toEqual({ kind: 'no-role', eligible: 'none' });
  });

  it.each(names)('%s: no role, and Azure does not say which roles are eligible', async (list) => {
    world.access.eligibleHidden = true;
    expect(await why(list, dan)).toEqual({ kind: 'no-role', eligible: 'unknown' });
  });

  it.each(names)('%s: eligible only', async (list) => {
    world.access.makeEligible(dan, 'securityAdmin', shopProd);
    expect(await why(list, dan)).toEqual({ kind: 'eligible-only', roles: ['securityAdmin'] });
  });

  it.each(names)('%s: an eligible role that would not help is none', async (list) => {
    world.access.makeEligible(dan, 'alertReader', shopProd);
    const helps = !['score', 'requests to decide', 'cleanup'].includes(list);
    expect((await why(list, dan))?.kind).toBe(helps ? 'eligible-only' : 'no-role');
  });

  it.each(names)('%s: nothing there', async (list) => {
    world.tenant.assessments = [];
    world.tenant.scores = list === 'score' ? [] : [score];
    const kind = list === 'score' ? 'not-assessed' : 'nothing-there';
    expect(await why(list, bob)).toMatchObject({ kind });
  });

  it.each(['recommendations', 'recommendations with exemptions', 'score'] as const)(
    '%s: Defender assesses nothing there',
    async (list) => {
      world.tenant.assessments = [];
      world.tenant.scores = [{ ...score, max: 0 }];
      const found = await why(list, bob, { narrow: list === 'score' });
      expect(found?.kind === 'not-assessed' ? found.subscriptions : []).toContain('playground');
    },
  );

  it.each(names)('%s: Azure does not answer', async (list) => {
    world.faults.at('forReading', { error: noAnswer() });
    const failed = lists[list](world.desk, bob);
    await expect(failed).rejects.toMatchObject({ code: 'unavailable' });
    await expect(failed).rejects.toThrow(/^It does not answer\. Until then it is not known whether there are any/);
  });

  it.each(names)('%s: not empty', async (list) => {
    world.tenant.assessments = [
      ...world.tenant.assessments,
      { ...world.tenant.assessments[0]!, status: 'exempt', resourceId: `${shopGroup}/providers/a.b/c/d` },
    ];
    world.tenant.scores = [score];
    world.tenant.put(expired);
    await ask(world);
    await sweepExemptions(world.desk);
    expect(await why(list, list === 'my requests' ? alice : bob)).toBeUndefined();
  });

  describe('where a filter hides everything', () => {
    it.each(names.filter((list) => list !== 'report' && list !== 'score'))(
      '%s: how many there are without it',
      async (list) => {
        world.tenant.assessments = world.tenant.assessments.flatMap((each) => [
          each,
          { ...each, status: 'exempt', resourceId: `${each.resourceId}-2` },
        ]);
        world.tenant.scores = [score];
        world.tenant.put(expired);
        await ask(world);
        await sweepExemptions(world.desk);
        const found = await why(list, list === 'my requests' ? alice : bob, { narrow: true });
        expect(found).toMatchObject({ kind: 'filtered-out' });
        expect(found?.kind === 'filtered-out' ? found.without : 0).toBeGreaterThan(0);
      },
    );
  });

  it('score: a role on a part of a subscription is too narrow', async () => {
    world.access.give(dan, 'reader', shopGroup);
    expect(await why('score', dan)).toEqual({ kind: 'role-too-narrow' });
  });

  it('exemptions: those made in Defender could not be read', async () => {
    world = await makeDesk();
    world.faults.at('everyExemption.ofDefender', { error: noAnswer() });
    await sweepExemptions(world.desk);
    expect(await why('exemptions', bob)).toMatchObject({ kind: 'could-not-read', because: withoutDefender });
  });

  it.each(['exemptions', 'report'] as const)('%s: not before all were read for the first time', async (list) => {
    world = await makeDesk();
    expect(await why(list, bob)).toEqual({ kind: 'could-not-read', because: stillReading });
    expect(await why(list, dan)).toEqual({ kind: 'no-role', eligible: 'none' });
  });

  it('cleanup: what others could delete is said, with where', async () => {
    world.tenant.put(expired);
    await sweepExemptions(world.desk);
    expect(await why('cleanup', alice)).toMatchObject({ kind: 'not-yours', count: 1 });
    world.access.makeEligible(alice, 'securityAdmin', shopProd);
    expect(await why('cleanup', alice)).toEqual({ kind: 'eligible-only', roles: ['securityAdmin'] });
    world.access.give(alice, 'securityAdmin', playground);
    const { rows, others } = await planCleanup(world.desk, alice, cleanupKinds);
    expect([rows, others.count]).toEqual([[], 1]);
  });

  it.each(names)('%s: Exemption Desk itself sees too little', async (list) => {
    world.tenant.assessments = [];
    await world.desk.database.sweeps.note({
      ...(await world.desk.database.sweeps.progress()),
      blind: { since: world.clock.now(), reason: 'Exemption Desk sees nothing. Please give it its role back.' },
    });
    expect(await why(list, bob)).toMatchObject({ kind: list === 'my requests' ? 'nothing-there' : 'could-not-read' });
  });

  it('asks Azure about eligible roles only where a role is missing', async () => {
    world.faults.at('eligibleRoles', { error: new Error('It was asked.') });
    world.tenant.assessments = [];
    for (const list of names) await lists[list](world.desk, bob);
    await expect(lists.recommendations(world.desk, dan)).rejects.toThrow('It was asked.');
  });
});
