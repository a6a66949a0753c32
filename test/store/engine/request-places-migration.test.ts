import { bareEngines, migrateBy, migrateUntil } from './bare-engines.ts';

const places = '0012';

const scope = '/subscriptions/ABC/resourceGroups/Grün';
const group = '/providers/Microsoft.Management/managementGroups/Root/';

describe.each(bareEngines)('requests from before their scopes were searched for, on $engine', ({ open, whyNot }) => {
  (whyNot === undefined ? it : it.skip)('are found by their scopes and exemptions', async () => {
    const database = await open();
    try {
      await migrateUntil(database, places);
      await database.run(
        `insert into requests (reference, version, status, requester_id, requester, created_at, recommendation, scopes, name,
           category, justification, ticket, targets, governance)
         values ('EX-OLD', 1, 'pending', 'a', '{}', '2026-11-01Z', '{}', '${JSON.stringify([scope, group, scope.toUpperCase()])}',
           'n', 'Waiver', 'j', 't', '${JSON.stringify([{ exemptionId: `${scope}/X` }, { exemptionId: `${scope}/x/` }])}', '{}')`,
      );
      await database.run(
        `insert into requests select (jsonb_populate_record(requests, '{"reference": "EX-ONE", "scopes": ["${scope}/", "${scope}"]}')).*
         from requests`,
      );
      await migrateBy(database, places);

      expect(
        await database.run(
          'select reference, scope_key, subscription_key, has_several_scopes from requests order by 1',
        ),
      ).toEqual([
        { reference: 'EX-OLD', scope_key: '', subscription_key: null, has_several_scopes: true },
        {
          reference: 'EX-ONE',
          scope_key: scope.toLowerCase(),
          subscription_key: '/subscriptions/abc',
          has_several_scopes: false,
        },
      ]);

      expect(await database.run('select scope_key, subscription_key from request_scopes order by scope_key')).toEqual([
        { scope_key: group.toLowerCase().slice(0, -1), subscription_key: null },
        { scope_key: scope.toLowerCase(), subscription_key: '/subscriptions/abc' },
      ]);
      expect(await database.run('select reference, exemption_key from request_targets order by 1')).toEqual([
        { reference: 'EX-OLD', exemption_key: `${scope.toLowerCase()}/x` },
        { reference: 'EX-ONE', exemption_key: `${scope.toLowerCase()}/x` },
      ]);
      expect(await database.run('select from requests where waiting_since = created_at')).toHaveLength(2);
    } finally {
      await database.close();
    }
  });
});
