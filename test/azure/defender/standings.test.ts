import { sentBy } from '../canned-http-client.ts';
import { assessment, everywhere, listed, machine, sourceOver } from './assessments-of-shop.ts';

describe('a long list of recommendations', () => {
  const severitiesOf = ['High', 'Low', 'Critical', 'Medium', 'Curious'];
  const many = Array.from({ length: 230 }, (_, index) => ({
    key: `r${String(index).padStart(3, '0')}`,
    severity: severitiesOf[index % 5] ?? '',
    title: index === 117 ? 'Encrypt disks' : index === 118 ? 'Please encrypt disks' : `Disks ${index}: encrypt them`,
  }));
  const overMany = () =>
    sourceOver(
      ...many.map(({ key, severity, title }) =>
        assessment(machine(`vm-${key}`), { key, displayName: title, metadata: { severity } }),
      ),
    );

  it('is sorted, counted and cut by Azure, and ten pages cost one question', async () => {
    const { source, requests } = overMany();
    const first = await source.standings(everywhere, { having: 'open' });
    expect(first).toMatchObject({ number: 1, size: 10, found: 230, isOpen: false });
    expect(first.rows.map(({ severity }) => severity)).toEqual(Array.from({ length: 10 }, () => 'critical'));
    expect((await source.standings(everywhere, { having: 'open' }, 10)).rows).toHaveLength(10);
    expect(requests.map(sentBy)).toMatchObject([{ options: { $top: 100 } }]);
    expect((await source.standings(everywhere, { having: 'open' }, 11)).rows).toHaveLength(10);
    expect(requests.map(sentBy)).toMatchObject([{}, { options: { $top: 100, $skip: 100 } }]);
  });

  it('shows every recommendation on one page, and none on two', async () => {
    const { source } = overMany();
    const pages = Array.from({ length: 23 }, (_, index) => source.standings(everywhere, { having: 'open' }, index + 1));
    const keys = (await Promise.all(pages)).flatMap(({ rows }) => rows.map(({ key }) => key));
    expect(keys.toSorted()).toEqual(many.map(({ key }) => key));
  });

  it('has those first in their severity that can be exempted, and only them on request', async () => {
    const noPolicy = { severity: 'High', policyDefinitionId: '' };
    const { source } = sourceOver(
      ...['vm1', 'vm2'].map((name) => assessment(machine(name), { key: 'a', displayName: 'a', metadata: noPolicy })),
      assessment(machine('vm1'), { key: 'b', displayName: 'b' }),
      assessment(machine('vm1'), { key: 'c', displayName: 'c', metadata: { ...noPolicy, severity: 'Critical' } }),
    );
    const titles = async (wanted = {}) => (await listed(source, everywhere, wanted)).map(({ title }) => title);
    expect(await titles()).toEqual(['c', 'b', 'a']);
    expect(await titles({ exemptable: true })).toEqual(['b']);
  });

  it('shows its last page to somebody who asks for one beyond it', async () => {
    const { source } = overMany();
    const last = await source.standings(everywhere, { having: 'open' }, 99);
    expect(last).toMatchObject({ number: 23, found: 230 });
    expect(last.rows).toHaveLength(10);
  });

  it.each([
    ['critical', 46, ['critical']],
    ['high', 92, ['high']],
    ['low', 46, ['low']],
  ] as const)('is narrowed to %s by Azure', async (severity, found, read) => {
    const { source } = overMany();
    const pages = Array.from({ length: 14 }, (_, index) =>
      source.standings(everywhere, { having: 'open', severity }, index + 1),
    );
    const lists = await Promise.all(pages);
    expect(lists[0]).toMatchObject({ found });
    expect([...new Set(lists.flatMap(({ rows }) => rows.map((row) => row.severity)))]).toEqual(read);
  });

  it('lists worst first: severity, then how many resources, then the alphabet', async () => {
    const { source } = sourceOver(
      ...(
        [
          ['Enable auditing', 'Low', 9],
          ['Encrypt disks', 'Medium', 2],
          ['close ports', 'Medium', 2],
          ['Update machines', 'Medium', 3],
          ['Require MFA', 'High', 1],
          ['Patch OpenSSL', 'Critical', 1],
        ] as const
      ).flatMap(([displayName, severity, unhealthy]) =>
        Array.from({ length: unhealthy }, (_, index) =>
          assessment(machine(`vm${index}`), { key: displayName, displayName, metadata: { severity } }),
        ),
      ),
    );
    expect((await listed(source, everywhere)).map(({ title }) => title)).toEqual([
      'Patch OpenSSL',
      'Require MFA',
      'Update machines',
      'close ports',
      'Encrypt disks',
      'Enable auditing',
    ]);
  });

  it('is narrowed to titles by Azure, word by word, and the closest title comes first where that is wanted', async () => {
    const { source } = overMany();
    const text = 'ENCRYPT  disks';
    expect(await source.standings(everywhere, { having: 'open', text })).toMatchObject({ found: 230 });
    const closest = await source.standings(everywhere, { having: 'open', text: 'encrypt DISKS', closestFirst: true });
    expect(closest.rows.slice(0, 2).map(({ title }) => title)).toEqual(['Encrypt disks', 'Please encrypt disks']);
    expect(await source.standings(everywhere, { having: 'open', text: "it's \\ (no) title" })).toMatchObject({
      found: 0,
      rows: [],
    });
  });

  it('is none of those with exemptions', async () => {
    const { source } = overMany();
    expect(await source.standings(everywhere, { having: 'exempt' })).toMatchObject({ found: 0 });
  });
});
