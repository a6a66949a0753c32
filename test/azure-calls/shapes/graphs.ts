import { listOf, objectOf, specAt, text, texts, type Schema, type Shape } from './shape.ts';

const facet: Schema = objectOf(
  {
    expression: text,
    options: objectOf({
      sortBy: text,
      sortOrder: { enum: ['asc', 'desc'] },
      filter: text,
      $top: { type: 'integer', minimum: 1, maximum: 1000 },
    }),
  },
  ['expression'],
);

const graphDocs = (file: string, commit: string): string =>
  `github.com/microsoftgraph/microsoft-graph-docs-contrib api-reference/v1.0/api/${file} @${commit}`;

const page = {
  $count: { enum: ['true', 'false'] },
  $top: { type: 'string', pattern: '^[1-9][0-9]{0,2}$' },
  $skiptoken: text,
};

/** Resource Graph and Microsoft Graph. */
export const graphShapes: readonly Shape[] = [
  {
    call: 'POST /providers/Microsoft.ResourceGraph/resources',
    apiVersion: '2024-04-01',
    source: `${specAt(
      'resourcegraph/resource-manager/Microsoft.ResourceGraph/stable/2024-04-01/resourcegraph.json',
      '423203f7370f6ca2aedbc2ebd3e57401a083e196',
    )}, also as QueryRequest of the package @azure/arm-resourcegraph 5.0.0`,
    body: objectOf(
      {
        subscriptions: texts,
        managementGroups: texts,
        query: text,
        options: objectOf({
          $skipToken: text,
          $top: { type: 'integer', minimum: 1, maximum: 1000 },
          $skip: { type: 'integer', minimum: 0 },
          resultFormat: { enum: ['table', 'objectArray'] },
          allowPartialScopes: { type: 'boolean' },
          authorizationScopeFilter: {
            enum: ['AtScopeAndBelow', 'AtScopeAndAbove', 'AtScopeExact', 'AtScopeAboveAndBelow'],
          },
        }),
        facets: listOf(facet),
      },
      ['query'],
    ),
  },
  {
    call: 'POST /v1.0/users/{id}/getMemberGroups',
    apiVersion: '',
    source: graphDocs('directoryobject-getmembergroups.md', '0061138f3b952955c2898131d3c6633a8b26c974'),
    body: objectOf({ securityEnabledOnly: { type: 'boolean' } }, ['securityEnabledOnly']),
  },
  {
    call: 'GET /v1.0/users/{id}/transitiveMemberOf',
    apiVersion: '',
    source: graphDocs('user-list-transitivememberof.md', '073a3963b21637213e5f1e568a46929928f02ddf'),
    query: page,
  },
  {
    call: 'GET /v1.0/groups/{id}/transitiveMembers/microsoft.graph.user',
    apiVersion: '',
    source: graphDocs('group-list-transitivemembers.md', '9563b72b1b6d126e11bc772724f15e9be252521a'),
    query: { ...page, $select: text },
    // A cast needs it, and a header that no shape shows.
    needs: ['$count'],
  },
  {
    call: 'GET /v1.0/groups/{id}',
    apiVersion: '',
    source: graphDocs('group-get.md', '00e146a92755a19260d07a735eee6e9df034f45f'),
    query: { $select: text },
  },
  {
    call: 'GET /v1.0/users',
    apiVersion: '',
    source: graphDocs('user-list.md', '8aff3006cb7e64f85b5681cb2384bd17b127b126'),
    // At most 15 values in a list; or the beginnings of names, in which a quote is written twice.
    query: {
      ...page,
      $select: text,
      $filter: {
        type: 'string',
        pattern:
          "^(id in \\('[^']+'(,'[^']+'){0,14}\\)|startswith\\(\\w+,'([^']|'')*'\\)( or startswith\\(\\w+,'([^']|'')*'\\))*)$",
      },
    },
  },
];
