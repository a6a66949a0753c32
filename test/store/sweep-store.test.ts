import type { OpenStore } from '../../src/store/open-store.ts';
import type { KeptGap } from '../../src/core/inventory/kept-gaps.ts';
import type { Sighting } from '../../src/core/inventory/seen-exemption.ts';
import { freshStore } from './fresh-database.ts';
import { noPostgres, postgresStore } from './postgres-database.ts';
import { pendingRequest } from './samples.ts';

const engines = [
  { engine: 'the embedded engine', open: freshStore, whyNot: undefined },
  { engine: 'PostgreSQL', open: postgresStore, whyNot: noPostgres },
];

const at = new Date('2026-11-21T12:00:00.000Z');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

const subscription = '/subscriptions/10000000-0000-4000-8000-000000000001';
const assignment = (name: string): string =>
  `/providers/Microsoft.Management/managementGroups/contoso/providers/Microsoft.Authorization/policyAssignments/${name}`;

const sighting = (
  name: string,
  more: Partial<Sighting> = {},
  exemption: Partial<Sighting['exemption']> = {},
): Sighting => {
  const scope = exemption.scope ?? `${subscription}/resourceGroups/RG`;
  return {
    exemption: {
      id: `${scope}/providers/Microsoft.Authorization/policyExemptions/${name}`,
      scope,
      policyAssignmentId: assignment('MCSB'),
      referenceIds: ['diskEncryption'],
      category: 'Waiver',
      displayName: 'Until the “migration”',
      expiresAt: later(60),
      createdAt: at,
      resourceSelectors: [],
      descriptionHash: 'd'.repeat(64),
      ...exemption,
    },
    fingerprint: `print of ${name}`,
    unitKey: 'EX-12AB',
    reference: 'EX-12AB',
    recommendation: { title: 'Disks should be encrypted', severity: 'high' },
    version: 1,
    orphaned: false,
    needless: false,
    missingSince: undefined,
    silentUntil: undefined,
    ...more,
  };
};

const namesOf = (sightings: readonly Sighting[]): string[] =>
  sightings.map(({ exemption }) => exemption.id.split('/').at(-1)!).sort();

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the memory of the sweep on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    afterAll(() => opened.close());
    afterEach(async () => {
      const { seen } = opened.store;
      for await (const portion of seen.all()) await seen.remove(portion.map(({ exemption }) => exemption.id));
    });

    const numbersOf = async (...sightings: readonly Sighting[]): Promise<number[]> =>
      [...(await opened.store.seen.inBrief(sightings.map(({ exemption }) => exemption.id))).values()].map(
        ({ number }) => number,
      );

    it('gives back an exemption as it was kept, by its id in any casing', async () => {
      const bare = sighting(
        'bare',
        {
          reference: undefined,
          recommendation: undefined,
          orphaned: true,
          needless: true,
          missingSince: at,
          version: 7,
        },
        { referenceIds: undefined, expiresAt: undefined, createdAt: undefined },
      );
      const narrowed = sighting(
        'narrowed',
        {},
        { resourceSelectors: [[{ kind: 'resourceLocation', in: ['westeurope'], notIn: undefined }]] },
      );
      await opened.store.seen.save([bare, narrowed], at);

      const found = await opened.store.seen.find([bare.exemption.id.toUpperCase(), `${narrowed.exemption.id}/`]);
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([bare, narrowed]));
      expect(await opened.store.seen.find(['/nowhere'])).toEqual([]);
    });

    it('lets a later look replace an earlier one, but not what we asked to be silent about', async () => {
      const { seen } = opened.store;
      await seen.save([sighting('one')], at);
      await seen.silence([sighting('one').exemption.id.toLowerCase()], later(15));
      const now = sighting('one', { version: 2, fingerprint: 'other' }, { displayName: 'Renamed' });
      await seen.save([now], later(1));

      expect(await seen.find([now.exemption.id])).toEqual([{ ...now, silentUntil: later(15) }]);
      expect([...(await seen.inBrief([now.exemption.id])).values()]).toMatchObject([
        { fingerprint: 'other', silentUntil: later(15), missingSince: undefined },
      ]);
    });

    it('finds the units, and what stands somewhere on an assignment', async () => {
      const other = sighting('other', { unitKey: 'outside 1', reference: undefined });
      const elsewhere = sighting('elsewhere', {}, { scope: subscription, policyAssignmentId: assignment('nist') });
      const { seen } = opened.store;
      await seen.save([sighting('one'), other, elsewhere], at);

      expect(namesOf(await seen.inUnits(['EX-12AB']))).toEqual(['elsewhere', 'one']);
      expect(namesOf(await seen.at([subscription.toUpperCase(), '/x'], [assignment('NIST')]))).toEqual(['elsewhere']);
      expect(await seen.at([subscription], [assignment('mcsb')])).toEqual([]);
    });

    it('hands out everything in portions, and writes as many as there are', async () => {
      const { seen } = opened.store;
      const all = Array.from({ length: 2503 }, (_, index) => sighting(`e${index}`));
      await seen.save(all, at);
      const portions: number[] = [];
      const ids = new Set<string>();
      for await (const portion of seen.all()) {
        portions.push(portion.length);
        for (const each of portion) ids.add(each.exemption.id);
      }

      expect(portions).toEqual([1000, 1000, 503]);
      expect(ids.size).toBe(2503);
      expect(await seen.countInSight()).toBe(2503);
    });

    it('knows which ones no list shows, asks for each in turn, and forgets only what it is told to', async () => {
      const { seen } = opened.store;
      const [one, two, three] = [sighting('one'), sighting('two'), sighting('three')];
      await seen.save([one, two, three], at);
      const listed = await numbersOf(two);

      expect(namesOf(await seen.unlisted(listed, 10))).toEqual(['one', 'three']);
      expect(await seen.unlisted(listed, 1)).toHaveLength(1);
      await seen.markMissing(listed, at);
      await seen.markMissing(listed, later(5));
      expect(await seen.countInSight()).toBe(1);
      const [asked] = await seen.missingToAsk(1, later(5));
      expect(asked).toMatchObject({ missingSince: at });
      expect(namesOf(await seen.missingToAsk(1, later(6)))).not.toEqual(namesOf([asked!]));
      expect(namesOf(await seen.missingToAsk(1, later(7)))).toEqual(namesOf([asked!]));

      await seen.markFound([one.exemption.id]);
      await seen.remove([three.exemption.id.toUpperCase()]);
      expect(await seen.countInSight()).toBe(2);
      expect(await seen.missingToAsk(10, later(8))).toEqual([]);
    });

    it('remembers which assignments are gone', async () => {
      const { seen } = opened.store;
      await seen.save([sighting('one'), sighting('two')], at);
      await seen.markOrphaned([sighting('one').exemption.id], true);
      expect(await seen.find([sighting('one').exemption.id])).toMatchObject([{ orphaned: true }]);
      await seen.markOrphaned([sighting('one').exemption.id], false);
      expect(await seen.find([sighting('one').exemption.id])).toMatchObject([{ orphaned: false }]);
    });

    it('finds the exemptions behind what a policy says of a resource', async () => {
      const { seen } = opened.store;
      const machine = `${subscription}/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/vm1`;
      const scopes = [machine, `${subscription}/resourceGroups/RG`, subscription];
      const onMachine = sighting('on-machine', {}, { scope: machine });
      const whole = sighting('whole', {}, { scope: subscription, referenceIds: undefined });
      const others = [
        sighting('other-policy', {}, { referenceIds: ['secureBoot'] }),
        sighting('other-assignment', {}, { policyAssignmentId: assignment('nist') }),
        sighting('other-place', {}, { scope: `${machine}0` }),
        sighting('narrowed', {}, { resourceSelectors: [[{ kind: 'resourceLocation', in: ['x'], notIn: undefined }]] }),
      ];
      await seen.save([onMachine, whole, ...others], at);
      const state = {
        assignmentId: assignment('mcsb'),
        referenceId: 'DiskEncryption',
        resourceId: machine,
        underneath: 'compliant' as const,
        scopes: scopes.map((scope) => scope.toUpperCase()),
      };
      const found = await seen.behind([{ ...state, referenceId: 'nothing' }, state]);

      const named = async (...sightings: Sighting[]) =>
        (await numbersOf(...sightings)).flatMap((number) => ({ number, state: 1 }));
      const onlyWhole = (await numbersOf(whole)).map((number) => ({ number, state: 0 }));
      const expected = [...(await named(onMachine, whole)), ...onlyWhole];
      expect(found).toHaveLength(expected.length);
      expect(found).toEqual(expect.arrayContaining(expected));
      expect(await seen.behind([])).toEqual([]);
    });

    it('remembers what is not needed, until it is', async () => {
      const { seen } = opened.store;
      const [one, two] = [sighting('one'), sighting('two')];
      await seen.save([one, two], at);
      const numbers = await numbersOf(one, two);
      expect(namesOf(await seen.needed(numbers))).toEqual(['one', 'two']);
      await seen.markNeedless(await numbersOf(one));
      expect(namesOf(await seen.needed(numbers))).toEqual(['two']);
      expect(namesOf(await seen.needlessAmong(numbers))).toEqual(['one']);
      await seen.markNeeded(await numbersOf(two));
      expect(namesOf(await seen.needlessAmong(numbers))).toEqual(['one']);
      await seen.markNeeded(await numbersOf(one));
      expect(namesOf(await seen.needed(numbers))).toEqual(['one', 'two']);
    });

    it('keeps which coverage gaps are open, and how often they opened', async () => {
      const { gaps } = opened.store;
      const open = async () => {
        const portions: (readonly KeptGap[])[] = [];
        for await (const portion of gaps.open()) portions.push(portion);
        return portions;
      };
      const gap = { reference: 'EX-12AB', assignmentId: '/a', assignmentName: 'A', round: 1, open: true };
      await gaps.keep([gap, { ...gap, assignmentId: '/b', open: false }]);
      expect(await open()).toEqual([[gap]]);
      await gaps.keep([{ ...gap, round: 2, open: false }]);
      expect(await open()).toEqual([]);
      expect((await gaps.of(['EX-12AB'])).map(({ round }) => round).sort()).toEqual([1, 2]);
      await gaps.forget(['EX-12AB']);
      expect(await gaps.of(['EX-12AB'])).toEqual([]);

      const many = Array.from({ length: 101 }, (_, at) => ({ ...gap, reference: `EX-${1000 + at}` }));
      await gaps.keep(many.flatMap((each) => [each, { ...each, assignmentId: '/b' }]));
      expect((await open()).map(({ length }) => length)).toEqual([200, 2]);
      await gaps.forget(many.map(({ reference }) => reference));
    });

    it('lets one sweep at a time run, also after one that failed', async () => {
      const events: string[] = [];
      const work = (name: string, fails: boolean) => async () => {
        events.push(`${name} begins`);
        await opened.store.sweeps.progress();
        events.push(`${name} ends`);
        if (fails) throw new Error(name);
      };
      const turns = [opened.store.sweeps.alone(work('one', true)), opened.store.sweeps.alone(work('two', false))];
      const [first, second] = await Promise.allSettled(turns);

      expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
      expect(events).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    });

    it('hands out requests in portions, and by their references', async () => {
      const references = Array.from({ length: 401 }, (_, index) => `EX-${1000 + index}`);
      for (const reference of references)
        await opened.store.requests.add(pendingRequest(reference, { status: 'applied' }));
      await opened.store.requests.add(pendingRequest('EX-0000'));
      const portions: string[][] = [];
      for await (const portion of opened.store.requests.inPortions(['applied', 'effective']))
        portions.push(portion.map(({ reference }) => reference));

      expect(portions.map(({ length }) => length)).toEqual([200, 200, 1]);
      expect(portions.flat().sort()).toEqual(references);
      const named = await opened.store.requests.list({ references: ['ex-1000', 'EX-1400', 'EX-NONE'] });
      expect(named.map(({ reference }) => reference).sort()).toEqual(['EX-1000', 'EX-1400']);
    });
  });
}

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'two replicas on PostgreSQL', () => {
  it('sweep one after the other, and one that dies gives way', async () => {
    const one = await postgresStore();
    const two = await one.replica();
    const events: string[] = [];
    const begun = Promise.withResolvers<undefined>();
    const death = Promise.withResolvers<never>();
    const dying = one.store.sweeps.alone(() => {
      events.push('one begins');
      begun.resolve(undefined);
      return death.promise;
    });
    await begun.promise;
    const waiting = two.store.sweeps.alone(async () => void events.push('two runs'));
    await two.store.sweeps.progress();
    expect(events).toEqual(['one begins']);
    death.reject(new Error('killed'));
    await expect(dying).rejects.toThrow('killed');
    await waiting;
    expect(events).toEqual(['one begins', 'two runs']);
    await two.close();
    await one.close();
  });
});
