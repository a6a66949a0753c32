import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { managementGroupId } from '../../../src/core/tenant/arm-id.ts';
import { everything, type Hierarchy } from '../../../src/core/tenant/hierarchy.ts';
import { scopeColumns, scopeFilter } from '../../../src/core/tenant/scope-filter.ts';
import { onPglite, pgTable, sql, text, type SqlDatabase } from '../../../src/store/engine/drizzle.ts';
import { casing } from '../../../src/store/engine/engine.ts';
import { groupIn, groupKeyOf } from '../../../src/store/engine/group-key.ts';
import { scopeCondition } from '../../../src/store/engine/scope-condition.ts';
import { canSee } from '../../../src/workflow/rights/take-viewpoint.ts';
import { recased } from '../../core/contoso.ts';

const things = pgTable('things', {
  scope: text(),
  scopeKey: text().notNull(),
  subscriptionKey: text(),
  groupKey: groupKeyOf('scope_key'),
});

let pglite: PGlite;
let database: SqlDatabase;

beforeAll(async () => {
  pglite = await PGlite.create();
  await pglite.exec(`create table things (scope text, scope_key text not null, subscription_key text,
    group_key text generated always as (${groupIn('scope_key')}) stored)`);
  database = onPglite.drizzle(pglite, { casing });
});

afterAll(async () => pglite.close());

/** Names that begin alike, with letters that a pattern or an order may take for something else. */
const names = ['rg', 'rg-2', 'rg_2', 'r%', 'rg.', 'rg0', 'größe', 'Ｒg', '🐘', 'n'.repeat(90)];

const scopesIn = (subscription: string, name: string): string[] => {
  const group = `${subscription}/resourceGroups/${name}`;
  const server = `${group}/providers/Microsoft.Sql/servers/${name}`;
  return [subscription, group, server, `${server}/databases/${name}`, `${server}/databases/${name}-2`];
};

/** A tree of management groups, each below an earlier one, with subscriptions, and everything that lies there. */
const tenant = fc
  .record({
    parents: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
    subscriptions: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    names: fc.subarray(names, { minLength: 1, maxLength: 4 }),
  })
  .map((drawn) => {
    const above: string[][] = [];
    drawn.parents.forEach((parent, at) => {
      above.push(at === 0 ? [] : [`Group-${parent % at}`, ...(above[parent % at] ?? [])]);
    });
    const hierarchy: Hierarchy = {
      managementGroups: above.map((ancestors, at) => ({ name: `Group-${at}`, displayName: `Group ${at}`, ancestors })),
      subscriptions: drawn.subscriptions.map((group, at) => ({
        id: `/subscriptions/1000000${at}-0000-4000-8000-000000000001`,
        displayName: `sub ${at}`,
        ancestors: [`Group-${group % above.length}`, ...(above[group % above.length] ?? [])],
      })),
    };
    const unknown = ['/subscriptions/99999999-0000-4000-8000-000000000001', managementGroupId('gone')];
    const subscriptions = [...hierarchy.subscriptions.map(({ id }) => id), ...unknown.slice(0, 1)];
    const scopes = [
      ...hierarchy.managementGroups.map(({ name }) => managementGroupId(name)),
      ...subscriptions.flatMap((id) => drawn.names.flatMap((name) => scopesIn(id, name))),
      ...unknown,
    ];
    return { hierarchy, scopes: [...new Set(scopes)] };
  });

const drawn = tenant.chain(({ hierarchy, scopes }) => {
  const written = fc.constantFrom(...scopes).chain(recased);
  const some = fc.array(fc.oneof({ weight: 12, arbitrary: written }, fc.constantFrom(everything, '')), {
    maxLength: 7,
  });
  return fc.record({
    hierarchy: fc.constant(hierarchy),
    kept: fc.array(written, { minLength: 1, maxLength: 40 }),
    sight: fc.record({ scopes: some, hidden: some }),
  });
});

describe('the scopes that a person may see, as a condition of the database', () => {
  it('accept exactly what canSee accepts', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ hierarchy, kept, sight }) => {
        const seeing = { ...sight, hierarchy };
        const condition = scopeCondition(scopeFilter(seeing), things);
        await database.delete(things);
        await database.insert(things).values(kept.map((scope) => ({ scope, ...scopeColumns(scope) })));
        const [shown, others] = [sql`${condition}`, sql`${condition} is not true`].map((where) =>
          database.select({ scope: things.scope }).from(things).where(where),
        );
        const textsOf = async (rows: typeof shown) => ((await rows) ?? []).map(({ scope }) => scope).sort();
        expect(await textsOf(shown)).toEqual(kept.filter((scope) => canSee(seeing, scope)).sort());
        expect(await textsOf(others)).toEqual(kept.filter((scope) => !canSee(seeing, scope)).sort());
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('find one of many, whatever letters they have', async () => {
    const subscription = '/subscriptions/10000000-0000-4000-8000-000000000001';
    const others = Array.from({ length: 900 }, (_, at) => `rg-${at}`);
    const scopes = [...others, 'ｒg', '🐘', '🐘2'].map((name) => `${subscription}/resourcegroups/${name}`);
    const hierarchy = { managementGroups: [], subscriptions: [] };
    await database.delete(things);
    await database
      .insert(things)
      .values(scopes.map((scope) => ({ scope, ...scopeColumns(`${scope}/providers/a/b/c`) })));
    const condition = scopeCondition(scopeFilter({ scopes, hidden: [], hierarchy }), things);
    expect(await database.select().from(things).where(condition)).toHaveLength(scopes.length);
  });
});
