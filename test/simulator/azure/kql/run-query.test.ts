import { QueryRefused, runQuery } from '../../../../simulator/azure/kql/run-query.ts';
import type { Row } from '../../../../simulator/azure/kql/run-query.ts';
import { now, run, values } from './sample-tables.ts';

const columnNames = (kql: string): string[] => run(kql).columns.map(({ name }) => name);

const codeOf = (kql: string): string => {
  try {
    run(kql);
  } catch (error) {
    if (error instanceof QueryRefused) return error.code;
    throw error;
  }
  return 'answered';
};

describe('the columns of an answer', () => {
  it('keep the order of the projection and get the names Kusto gives', () => {
    const kql = 'resources | project name, properties.a.b, tostring(tags.env), strcat(name, kind), n = 1';
    expect(columnNames(kql)).toEqual(['name', 'properties_a_b', 'tags_env', 'Column1', 'n']);
  });

  it('carry the column types of Resource Graph', () => {
    const kql = 'resources | project a = name, b = 1, c = 1.5, d = true, e = now(), f = properties, g = 1d';
    const types = ['string', 'integer', 'number', 'boolean', 'datetime', 'object', 'string'];
    expect(run(kql).columns.map(({ type }) => type)).toEqual(types);
  });

  it('appear for an answer without rows too', () => {
    expect(run('securityresources | project name')).toEqual({
      columns: [{ name: 'name', type: 'string' }],
      rows: [],
      limited: false,
    });
  });
});

describe('the operators of Resource Graph', () => {
  it.each<[string, Row[]]>([
    ['Resources | where name == "store" | project name', [{ name: 'store' }]],
    ['resources | project-away id, type, properties, tags | take 1', [{ name: 'vm1', kind: '' }]],
    [
      'resources | project name, id | project-rename key = id | take 1',
      [{ name: 'vm1', key: '/subscriptions/s1/vm1' }],
    ],
    [
      'resources | project name | extend name = toupper(name), before = name | take 1',
      [{ name: 'VM1', before: 'vm1' }],
    ],
    ['resources | count', [{ Count: 3 }]],
    ['resources | distinct kind', [{ kind: '' }, { kind: 'spot' }]],
    ['resources | project kind | distinct *', [{ kind: '' }, { kind: 'spot' }]],
    ['resources | top 1 by name | project name', [{ name: 'vm1' }]],
    ['resources | top 1 by name asc | project name', [{ name: 'VM10' }]],
    ['resources | order by kind asc, name | project name', [{ name: 'vm1' }, { name: 'store' }, { name: 'VM10' }]],
  ])('%s', (kql, expected) => {
    expect(run(kql).rows).toEqual(expected);
  });

  it.each([
    ['order by toint(properties.size)', ['vm1', 'VM10', 'store']],
    ['sort by toint(properties.size) asc', ['store', 'VM10', 'vm1']],
    ['sort by toint(properties.size) asc nulls last', ['VM10', 'vm1', 'store']],
    ['sort by toint(properties.size) desc nulls first', ['store', 'vm1', 'VM10']],
  ])('%s puts rows without a size in their place', (operator, expected) => {
    expect(values(`resources | ${operator} | project name`)).toEqual(expected);
  });

  it.each<[string, Row[]]>([
    [
      'count() by kind',
      [
        { kind: '', count_: 1 },
        { kind: 'spot', count_: 2 },
      ],
    ],
    ['by kind', [{ kind: '' }, { kind: 'spot' }]],
    ['n = countif(name has "vm1"), dcount(kind)', [{ n: 1, dcount_kind: 2 }]],
    ['make_set(kind), make_list(properties.size)', [{ set_kind: ['', 'spot'], list_properties_size: [4, 2] }]],
    [
      'min(name), max(strlen(name)), sum(strlen(name))',
      [{ min_name: 'VM10', max_strlen_name: 5, sum_strlen_name: 12 }],
    ],
    ['avg(toint(properties.size))', [{ avg_properties_size: 3 }]],
    ['take_any(kind)', [{ kind: 'spot' }]],
    [
      'arg_max(toint(properties.size), name) by type = tostring(split(type, "/")[0])',
      [
        { type: 'microsoft.compute', properties_size: 4, name: 'vm1' },
        { type: 'microsoft.storage', properties_size: null, name: 'store' },
      ],
    ],
    [
      'count() by day = bin(todatetime(properties.created), 1d)',
      [
        { day: '2026-01-02T00:00:00Z', count_: 1 },
        { day: '2026-03-02T00:00:00Z', count_: 1 },
        { day: null, count_: 1 },
      ],
    ],
  ])('summarize %s', (clause, expected) => {
    expect(run(`resources | summarize ${clause}`).rows).toEqual(expected);
  });

  it('keeps the whole row of the greatest value with arg_max and a star', () => {
    const kql = 'resources | project name, kind, size = toint(properties.size) | summarize arg_max(size, *) by kind';
    expect(columnNames(kql)).toEqual(['kind', 'size', 'name']);
    expect(run(kql).rows).toEqual([
      { kind: '', size: 4, name: 'vm1' },
      { kind: 'spot', size: 2, name: 'VM10' },
    ]);
  });

  it('summarizes no rows to one row of zeros and nothing, and to no row per group', () => {
    const clause = 'n = count(), s = sum(strlen(id)), l = make_list(id), top = max(strlen(id)), name = max(name)';
    expect(run(`securityresources | summarize ${clause}`).rows).toEqual([{ n: 0, s: 0, l: [], top: null, name: '' }]);
    expect(run(`securityresources | summarize ${clause} by kind`).rows).toEqual([]);
  });
});

describe('mv-expand', () => {
  it('makes a row of each element, none of an empty array, and one of a missing value', () => {
    const rows = run('resources | mv-expand disk = properties.disks | project name, lun = toint(disk.lun)').rows;
    expect(rows).toEqual([
      { name: 'vm1', lun: 0 },
      { name: 'vm1', lun: 1 },
      { name: 'store', lun: null },
    ]);
  });

  it('makes a bag of each property, and names the column after the path', () => {
    expect(values('resources | take 1 | mv-expand tags | project tags')).toEqual([
      { env: 'prod' },
      { 'cost center': '42' },
    ]);
    expect(columnNames('resources | project properties | mv-expand properties.disks')).toEqual([
      'properties',
      'properties_disks',
    ]);
  });

  it('cuts at 128 elements unless told otherwise', () => {
    const columns = { name: 'string', properties: 'dynamic' } as const;
    const policies = Array.from({ length: 500 }, (_, index) => index);
    const many = { resources: { columns, rows: () => [{ name: 'initiative', properties: { policies } }] } };
    const count = (limit: string): unknown =>
      runQuery(`resources | mv-expand properties.policies ${limit} | count`, many, now).rows[0];
    expect(count('')).toEqual({ Count: 128 });
    expect(count('limit 400')).toEqual({ Count: 400 });
  });
});

describe('join and union', () => {
  const subscription = 'resources | project name, kind, s = tostring(split(id, "/")[2])';
  const containers = '(resourcecontainers | project name, s = kind)';

  it('suffixes the columns that both sides have, and leaves the missing side empty', () => {
    const kql = `${subscription} | project-away ['kind'] | join kind=leftouter ${containers} on s`;
    expect(run(kql).rows).toEqual([
      { name: 'vm1', s: 's1', name1: 'one', s1: 's1' },
      { name: 'VM10', s: 's1', name1: 'one', s1: 's1' },
      { name: 'store', s: 's2', name1: '', s1: '' },
    ]);
  });

  it.each([
    ['kind=inner', ['vm1', 'VM10']],
    ['kind=leftouter', ['vm1', 'VM10', 'store']],
    ['', ['vm1']],
  ])('join %s keeps the rows of its flavour', (kind, expected) => {
    expect(values(`${subscription} | join ${kind} ${containers} on $left.s == $right.s | project name`)).toEqual(
      expected,
    );
    expect(values(`${subscription} | join ${kind} ${containers} on $right.s == $left.s | project name`)).toEqual(
      expected,
    );
  });

  it('unites by column name', () => {
    const kql = 'resources | where kind == "" | project name | union (resourcecontainers | project name, kind)';
    expect(run(kql).rows).toEqual([
      { name: 'vm1', kind: '' },
      { name: 'one', kind: 's1' },
      { name: 'three', kind: 's3' },
    ]);
  });
});

describe('limited answers', () => {
  it.each([
    ['resources | take 2', true],
    ['resources | limit 2 | project name | order by name', true],
    ['resources | top 2 by name', true],
    ['resources | take 2 | summarize count()', false],
    ['resources | order by name', false],
  ])('%s', (kql, limited) => {
    expect(run(kql).limited).toBe(limited);
  });
});

describe('refusals', () => {
  const joins = (times: number): string => 'resources' + ' | join (resources | project id) on id'.repeat(times);
  const expansions = (times: number): string => 'resources' + ' | mv-expand tags'.repeat(times);

  it.each([
    ['resources | where', 'ParserFailure'],
    ['resources | where nothing == 1', 'ParserFailure'],
    ['resources | where properties.created < now()', 'ParserFailure'],
    ['resources | summarize count() by properties.size', 'ParserFailure'],
    ['nowhere | take 1', 'UnknownTable'],
    ['let x = 1; resources', 'InvalidQuery'],
    ['resources | sample 1', 'DisallowedLogicalOperator'],
    ['resources | where reverse(name) == "x"', 'DisallowedLogicalOperator'],
    ['resources | summarize percentile(strlen(name), 50)', 'DisallowedLogicalOperator'],
    ['resources | where tags.env == ""', 'DisallowedLogicalOperator'],
    ['resources | where properties.a == tags.b', 'DisallowedLogicalOperator'],
    ['resources | where name in (resources | project name)', 'DisallowedLogicalOperator'],
    ['resources | join kind=leftanti (resources) on id', 'UnsupportedJoinFlavor'],
    ['resources | union securityresources', 'InvalidQuery'],
    ['resources | mv-expand tags limit 401', 'InvalidQuery'],
    [joins(4), 'InvalidQuery'],
    [expansions(4), 'InvalidQuery'],
    [joins(3), 'answered'],
    [expansions(3), 'answered'],
  ])('%s: %s', (kql, code) => {
    expect(codeOf(kql)).toBe(code);
  });

  it('say where the mistake is, and what is not supported', () => {
    expect(() => run('resources\n| where nothing == 1')).toThrow(/'nothing'.*\(line 2, column 9\)/);
    expect(() => run('resources | sample 1')).toThrow("Operator 'sample' is not supported by this simulator");
    expect(() => run('resources | project url_encode(name)')).toThrow("Function 'url_encode' is not supported");
  });

  it('come before any row is read', () => {
    const rows = (): never => {
      throw new Error('read');
    };
    const unread = { resources: { columns: { id: 'string' }, rows } } as const;
    expect(() => runQuery('resources | sample 1', unread, now)).toThrow(QueryRefused);
    expect(() => runQuery('resources | take 1', unread, now)).toThrow('read');
  });
});
