import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describeApi } from '../../src/api/describe-api.ts';
import { apiRoutes } from '../../src/api/api-routes.ts';

const document = describeApi(apiRoutes, '72f988aa-0000-4000-8000-0000000000aa');

/** What Redocly, which wrote none of it, finds in a document. */
const problemsIn = async (source: unknown): Promise<string[]> => {
  // A server without a host is meant: the document is served by whoever runs the product.
  const config = await createConfig({ extends: ['recommended-strict'], rules: { 'no-server-example.com': 'off' } });
  const found = await lintFromString({ source: JSON.stringify(source), absoluteRef: 'openapi.json', config });
  return found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`);
};

it('serves a document in which a linter finds nothing', async () => {
  expect(await problemsIn(document)).toEqual([]);
});

it('would be told of a reference to nothing', async () => {
  const broken = JSON.parse(JSON.stringify(document).replace('schemas/Problem"', 'schemas/Nothing"')) as unknown;

  expect(await problemsIn(broken)).not.toEqual([]);
});

it('describes every operation by a name of its own', () => {
  const names = apiRoutes.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(0);
});
