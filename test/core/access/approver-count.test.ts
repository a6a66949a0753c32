import fc from 'fast-check';
import {
  countApprovers,
  type ApproverFacts,
  type Principals,
  type Refusal,
} from '../../../src/core/access/approver-count.ts';

const people = ['ann', 'ben', 'cem', 'dag', 'eva'] as const;
const groups = ['g1', 'g2', 'g3'] as const;

const of = (people: readonly string[], groups: readonly string[] = []): Principals => ({ people, groups });
const nobody = of([]);

type Group = { readonly people: ReadonlySet<string>; readonly isWhole: boolean };
const whole = (...people: string[]): Group => ({ people: new Set(people), isWhole: true });

const facts = (
  needs: readonly Principals[],
  known: Readonly<Record<string, Group>> = {},
  more: { refusals?: readonly Refusal[]; mayRefuseMore?: boolean; people?: Readonly<Record<string, boolean>> } = {},
): ApproverFacts => ({
  question: { needs, refusals: more.refusals ?? [], mayRefuseMore: more.mayRefuseMore ?? false },
  directory: {
    groups: new Map(Object.entries(known)),
    people: new Map(Object.entries(more.people ?? { ann: true, ben: true })),
    names: new Map([['ann', 'Ann Ahl']]),
  },
  unread: 0,
});

describe('how many people could approve', () => {
  it.each<[string, ApproverFacts, string | undefined, { least: number; most: number }]>([
    ['people with roles of their own', facts([of(['ann', 'ben'])]), undefined, { least: 2, most: 2 }],
    ['all but who asks, in any spelling', facts([of(['ann', 'ben'])]), 'ANN', { least: 1, most: 1 }],
    ['nobody where nobody has a role', facts([nobody]), undefined, { least: 0, most: 0 }],
    [
      'each once, however often they are in groups',
      facts([of(['ann'], ['g1', 'g2'])], { g1: whole('ann', 'cem'), g2: whole('cem') }),
      undefined,
      { least: 2, most: 2 },
    ],
    [
      'only who meets every need, each in a way of its own',
      facts([of(['ann', 'ben']), of(['cem'], ['g1'])], { g1: whole('ben') }),
      undefined,
      { least: 1, most: 1 },
    ],
    [
      'no guest and no disabled account',
      facts([of(['ann', 'ben'])], {}, { people: { ann: false, ben: true } }),
      undefined,
      { least: 1, most: 1 },
    ],
    ['perhaps somebody of whom nothing was read', facts([of(['dag'])]), undefined, { least: 0, most: 1 }],
    [
      'nobody knows how many of a group that is hidden',
      facts([of(['ann'], ['g1'])]),
      undefined,
      { least: 1, most: Infinity },
    ],
    [
      'at most the others where a hidden group is only one of two needs',
      facts([of([], ['g1']), of(['ann', 'ben'])]),
      undefined,
      { least: 0, most: 2 },
    ],
    [
      'at least those read of a group that is too large',
      facts([of([], ['g1'])], { g1: { ...whole('cem', 'dag'), isWhole: false } }),
      undefined,
      { least: 2, most: Infinity },
    ],
    [
      'not whom a deny assignment names, and whom it spares',
      facts([of(['ann', 'ben'])], {}, { refusals: [{ of: 'everybody', but: of(['ben']) }] }),
      undefined,
      { least: 1, most: 1 },
    ],
    [
      'perhaps who is in a hidden group that a deny assignment spares',
      facts([of(['ann'])], {}, { refusals: [{ of: 'everybody', but: of([], ['g1']) }] }),
      undefined,
      { least: 0, most: 1 },
    ],
    [
      'nobody for certain where deny assignments could not be read',
      facts([of(['ann'])], {}, { mayRefuseMore: true }),
      undefined,
      { least: 0, most: 1 },
    ],
  ])('counts %s', (_, given, asker, expected) => {
    expect(countApprovers(given, asker)).toMatchObject(expected);
  });

  it('names those who certainly could, as far as their names are kept', () => {
    expect(countApprovers(facts([of(['ann', 'ben', 'dag'])]), undefined).names).toEqual(['Ann Ahl']);
  });
});

const some = <Item>(items: readonly Item[]) => fc.subarray([...items]);
const principals = fc.record({ people: some(people), groups: some(groups) });

/** A whole directory and what a request takes, and how much of the directory was read. */
const worlds = fc.record({
  members: fc.tuple(some(people), some(people), some(people)),
  able: some(people),
  needs: fc.array(principals, { minLength: 1, maxLength: 3 }),
  refusals: fc.array(fc.record({ of: fc.oneof(fc.constant('everybody' as const), principals), but: principals }), {
    maxLength: 2,
  }),
  asker: fc.option(fc.constantFrom(...people), { nil: undefined }),
  hidden: some(groups),
  cut: some(groups),
  shown: fc.tuple(some(people), some(people), some(people)),
  read: some(people),
});
type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

/** Who could in truth, reckoned person by person and in two values. */
const truth = ({ members, able, needs, refusals, asker }: World): number => {
  const isIn = (person: string, { people, groups: ids }: Principals): boolean =>
    people.includes(person) ||
    groups.some((id, at) => ids.includes(id) && members[at]?.includes(person as never) === true);
  return people.filter(
    (person) =>
      person !== asker &&
      able.includes(person) &&
      needs.every((need) => isIn(person, need)) &&
      !refusals.some((each) => (each.of === 'everybody' || isIn(person, each.of)) && !isIn(person, each.but)),
  ).length;
};

/** What was read: groups have only those who could decide, some are cut off, some hidden, some people are not known. */
const readOf = (world: World, isAll: boolean): ApproverFacts => {
  const known = groups.flatMap((id, at) => {
    const able = (world.members[at] ?? []).filter((each) => world.able.includes(each));
    if (isAll) return [[id, whole(...able)] as const];
    if (world.hidden.includes(id)) return [];
    const isCut = world.cut.includes(id);
    const seen = isCut ? able.filter((each) => world.shown[at]?.includes(each)) : able;
    return [[id, { people: new Set<string>(seen), isWhole: !isCut }] as const];
  });
  const told = isAll ? people : world.read;
  return {
    question: { needs: world.needs, refusals: world.refusals, mayRefuseMore: false },
    directory: {
      groups: new Map(known),
      people: new Map(told.map((each) => [each, world.able.includes(each)])),
      names: new Map(),
    },
    unread: 0,
  };
};

describe('whatever of the directory was read', () => {
  it('counts exactly if everything was', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const number = truth(world);
        expect(countApprovers(readOf(world, true), world.asker)).toMatchObject({ least: number, most: number });
      }),
      { numRuns: 2000 },
    );
  });

  it('never counts more for certain than could, and never says that fewer can', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { least, most } = countApprovers(readOf(world, false), world.asker);
        const number = truth(world);
        expect(least).toBeLessThanOrEqual(number);
        expect(most).toBeGreaterThanOrEqual(number);
      }),
      { numRuns: 5000 },
    );
  });
});
