import type { Exemption } from '../../../src/core/exemption/exemption.ts';
import { overlapObstacles } from '../../../src/core/plan/overlap-obstacles.ts';
import { contoso, landingZones, root, shopGroup, shopGroup2, shopProd, sqlServer, vm1, vm10 } from '../contoso.ts';
import { aims, codes, plan } from './planning.ts';
import { assignment, benchmark, exemption, guardrails, ownInitiative } from '../policies.ts';

const mcsb = assignment('mcsb', root, benchmark);
const baseline = assignment('contoso baseline', root, ownInitiative);
const disks = ['diskEncryption'];
const ends = (day: string) => ({ expiresAt: new Date(`2026-${day}T22:00:00Z`) });
const [soon, late] = [ends('12-05'), ends('12-31')];
const expired = { expiresAt: new Date('2026-10-01T12:00:00Z') };
const named = (displayName: string, scope = vm1, more: Partial<Exemption> = {}) =>
  exemption(mcsb, scope, disks, {
    id: `${scope}/providers/Microsoft.Authorization/policyExemptions/${displayName}`,
    displayName,
    ...more,
  });
const sentences = (...existing: readonly Exemption[]) => plan({ existing }).obstacles.map(({ sentence }) => sentence);
const sentence = (...existing: readonly Exemption[]) => sentences(...existing).join(' ');

/** The exemption that the plan would write itself, as an earlier request left it. */
const ours = (more: Partial<Exemption>) => named('Ours', vm1, { id: plan().targets[0]?.exemptionId ?? '', ...more });

describe('what is exempt until the asked end', () => {
  it('stands in the way, with its name, its place and its end', () => {
    expect(codes({ existing: [named('A', shopGroup)] })).toEqual([['already-exempt', 'blocking']]);
    expect(sentence(named('A', shopGroup, late))).toMatch(
      /already exempt by “A” on shop-prod \/ rg-shop until 31 Dec 2026\. .*later expiry date/,
    );
    expect(sentence(named('A', landingZones, { expiresAt: undefined }))).toMatch(
      /already exempt by “A” on Landing zones with no expiry date\.$/,
    );
  });

  it('counts down to the very second', () => {
    const asked = new Date('2026-12-21T23:59:59Z');
    expect(aims({ existing: [named('A', vm1, { expiresAt: asked })] })).toEqual([]);
    const before = named('A', vm1, { expiresAt: new Date(asked.getTime() - 1000) });
    expect(aims({ existing: [before] })).toHaveLength(1);
    expect(sentence(before)).toContain('until 21 Dec 2026, 23:59 (UTC). The new exemption continues');
  });

  it('is never enough for one without end, but where it has none itself', () => {
    expect(aims({ expiresAt: undefined, existing: [named('A')] })).toHaveLength(1);
    expect(plan({ expiresAt: undefined, existing: [named('A')] }).obstacles[0]?.sentence).toMatch(
      /continues .* with no expiry date\.$/,
    );
    expect(aims({ expiresAt: undefined, existing: [named('A', vm1, { expiresAt: undefined })] })).toEqual([]);
  });

  it('is told to be all of the initiative where no reference ids are named', () => {
    expect(sentence(exemption(mcsb, shopProd, undefined, { displayName: 'Everything' }))).toContain(
      'by “Everything” on shop-prod, for the whole initiative mcsb, until 31 Dec 2026.',
    );
  });

  it('names what covers one initiative while the other is still to be exempted', () => {
    const input = { assignments: [mcsb, baseline], existing: [named('A', shopGroup, late)] };
    expect(aims(input)).toEqual([[vm1, 'contoso baseline', ['contosoDisks']]]);
    expect(plan(input).obstacles.map((each) => each.sentence)).toEqual([
      expect.stringContaining('from mcsb by “A” on shop-prod / rg-shop until 31 Dec 2026; the request covers'),
    ]);
  });

  it('tells several at once, three of them by name', () => {
    const assignments = ['a', 'b', 'c', 'd'].map((name) => assignment(name, root, benchmark));
    const existing = assignments.map((of) => exemption(of, vm1, disks, { displayName: `By ${of.displayName}` }));
    const [blocking] = plan({ assignments, existing }).obstacles;
    expect(blocking?.sentence).toMatch(/by “By a” on [^“]*, “By b” on [^“]*, “By c” on [^“]* and 1 more\./);
  });

  it('tells exemptions of one name and end once, two of their places by name', () => {
    const existing = [vm1, vm10, sqlServer, shopGroup2].map((scope) => named('A', scope, soon));
    const told = plan({ scope: shopProd, category: 'Mitigated', existing }).obstacles[0]?.sentence;
    expect(told).toMatch(
      /^“A” on shop-prod \/ rg-shop \/ vm1, shop-prod \/ rg-shop \/ vm10 and 2 more until 5 Dec 2026 are Waiver/,
    );
  });

  it('tells the same exemption on several initiatives once', () => {
    const existing = [named('A'), exemption(baseline, vm1, ['contosoDisks'], { displayName: 'A' })];
    const [blocking] = plan({ assignments: [mcsb, baseline], existing }).obstacles;
    expect(blocking?.sentence).toMatch(/already exempt by “A” on shop-prod \/ rg-shop \/ vm1 until 31 Dec 2026\./);
  });
});

describe('what is exempt for a shorter time than is asked', () => {
  it.each([
    ['at the same place', named('A', vm1, soon), 'shop-prod / rg-shop / vm1'],
    ['wider', named('A', shopProd, soon), 'shop-prod'],
  ])('is a warning, and the request may go on: %s', (_, existing, place) => {
    expect(codes({ existing: [existing] })).toEqual([['exempt-for-less', 'warning']]);
    expect(aims({ existing: [existing] })).toHaveLength(1);
    expect(sentence(existing)).toContain(`from mcsb by “A” on ${place} until 5 Dec 2026.`);
    expect(sentence(existing)).toMatch(/continues from there, until 21 Dec 2026\.$/);
  });

  it('is told by the one that lasts longest', () => {
    expect(sentence(named('A', vm1, soon), named('B', shopGroup, ends('12-12')))).toContain('by “B” on');
    expect(aims({ existing: [named('A', vm1, soon), named('B', shopGroup, late)] })).toEqual([]);
  });

  it('is replaced where an earlier request wrote it', () => {
    expect(codes({ existing: [ours(soon)] })).toEqual([['replaces', 'warning']]);
    expect(sentence(ours({ ...soon, category: 'Mitigated' }))).toMatch(
      /\(Waiver, until 21 Dec 2026\) replaces “Ours” on shop-prod \/ rg-shop \/ vm1 until 5 Dec 2026\.$/,
    );
  });

  it('asks again only for the reference that is not exempt long enough', () => {
    const twice = assignment('guardrails', root, guardrails);
    const existing = [
      exemption(twice, vm1, ['disksDeny'], { displayName: 'A', ...soon }),
      exemption(twice, vm1, ['disksAudit'], { displayName: 'B', ...late }),
    ];
    expect(aims({ assignments: [twice], existing })).toEqual([[vm1, 'guardrails', ['disksDeny']]]);
    expect(codes({ assignments: [twice], existing })).toEqual([
      ['partly-exempt', 'warning'],
      ['exempt-for-less', 'warning'],
    ]);
  });
});

describe('an existing exemption of the other category', () => {
  const mitigated = { category: 'Mitigated' } as const;

  it('is told beside what it does, with what to do about it', () => {
    expect(codes({ existing: [named('A', shopGroup, { ...soon, ...mitigated })] })).toEqual([
      ['exempt-for-less', 'warning'],
      ['contradicting-category', 'warning'],
    ]);
    expect(sentences(named('A', shopGroup, { ...soon, ...mitigated }))[1]).toMatch(
      /^“A” on shop-prod \/ rg-shop until 5 Dec 2026 is Mitigated.* for Waiver\. .*choose Mitigated.* exemption revoked\.$/,
    );
  });

  it('is told too where it covers all and nothing can be sent', () => {
    expect(codes({ existing: [named('A', shopGroup, mitigated)] })).toEqual([
      ['already-exempt', 'blocking'],
      ['contradicting-category', 'warning'],
    ]);
  });

  it('is told where it lies below, in place of calling it redundant', () => {
    const input = { scope: shopGroup, category: 'Mitigated' as const, existing: [named('A'), named('B', vm10, soon)] };
    expect(codes(input)).toEqual([['contradicting-category', 'warning']]);
    expect(plan(input).obstacles[0]?.sentence).toMatch(
      /^“A” on .* and “B” on .* are Waiver.* for Mitigated\..*exemptions revoked\.$/,
    );
  });
});

describe('narrower exemptions below', () => {
  const below = (more: Partial<Exemption>) => ['A', 'B', 'C', 'D'].map((name) => named(name, vm1, more));
  const told = (existing: readonly Exemption[]) =>
    plan({ scope: shopGroup, existing }).obstacles.map(({ code, sentence: words }) => [code, words]);

  it('become redundant: how many, and three by name', () => {
    expect(told(below(soon))).toEqual([
      ['makes-redundant', 'The new exemption makes 4 narrower ones redundant: “A”, “B”, “C” and 1 more.'],
    ]);
    expect(told([named('A', vm1, soon)])).toEqual([
      ['makes-redundant', 'The new exemption makes the narrower “A” redundant.'],
    ]);
  });

  it('do not where they last longer', () => {
    expect(told(below(late))).toEqual([
      ['outlasted', '4 narrower exemptions last longer than the new one: “A”, “B”, “C” and 1 more.'],
    ]);
    expect(told([named('A', vm1, late)])).toEqual([
      ['outlasted', 'The narrower “A” lasts longer than the new exemption.'],
    ]);
  });

  it('are not mentioned where they have expired or are of another policy', () => {
    expect(told([named('A', vm1, expired), exemption(mcsb, vm1, ['secureBoot'], soon)])).toEqual([]);
  });
});

describe('an expired exemption at the same place', () => {
  it('stays beside the new one where somebody else made it', () => {
    expect(codes({ existing: [named('A', vm1, expired)] })).toEqual([['expired-twin', 'warning']]);
    expect(sentence(named('A', vm1, expired))).toMatch(
      /^“A” on shop-prod \/ rg-shop \/ vm1 expired on 1 Oct 2026 and remains .*Have it deleted\.$/,
    );
  });

  it('is replaced where an earlier request wrote it; selectors that somebody added stay', () => {
    expect(codes({ existing: [ours(expired)] })).toEqual([['replaces-expired', 'warning']]);
    expect(sentence(ours(expired))).toMatch(
      /replaces “Ours” on shop-prod \/ rg-shop \/ vm1, which expired on 1 Oct 2026\.$/,
    );
    const resourceSelectors = [[{ kind: 'resourceLocation', in: ['westeurope'], notIn: undefined }]];
    expect(sentence(ours({ ...expired, resourceSelectors }))).toContain('resource selectors remain');
  });

  it('is not mentioned where something else covers all', () => {
    expect(codes({ existing: [named('A', vm1, expired), named('B', shopGroup)] })).toEqual([
      ['already-exempt', 'blocking'],
    ]);
  });
});

describe('words about existing exemptions', () => {
  it('say what was not checked where selectors leave it open', () => {
    const resourceSelectors = [[{ kind: 'moonPhase', in: ['full'], notIn: undefined }]];
    const existing = [named('A', shopGroup, { resourceSelectors })];
    expect(codes({ existing })).toEqual([['unclear-cover', 'not-checked']]);
    expect(sentence(...existing)).toMatch(
      /cannot tell how far “A” on shop-prod \/ rg-shop until 31 Dec 2026 covers this: .*resource selectors/,
    );
  });

  it('cut long names, never inside a character', () => {
    const [words] = sentences(named('🦊'.repeat(128), vm1, soon));
    expect(words).toContain(`“${'🦊'.repeat(40)}…” on`);
  });

  it('name the days in the time zone of the organisation', () => {
    const finding = { code: 'already-exempt', assignmentName: 'mcsb', exemptsWholeInitiative: false } as const;
    const told = (timeZone: string) =>
      overlapObstacles([{ ...finding, exemption: named('A', vm1, ends('12-31')) }], {
        ...{ category: 'Waiver', expiresAt: undefined, hierarchy: contoso, timeZone },
      })[0]?.sentence;
    expect(told('Europe/Berlin')).toContain('until 31 Dec 2026.');
    expect(told('Asia/Tokyo')).toContain('until 1 Jan 2027.');
  });
});
