import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keptDays, type OldKind } from '../src/core/ledger/retention.ts';
import { usualLimits } from '../src/server/limits.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...filesUnder('docs', '.md')];
const source = [...filesUnder('src', '.ts'), ...filesUnder('scripts', '.ts')].map(read).join('\n');

/** Cells of the tables of a page, row by row, without heads and rulers. */
const rowsOf = (page: string): string[][] =>
  read(page)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| --'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the documentation', () => {
  it.each(pages)('leads nowhere that does not exist (%s)', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '');
    const missing = targets.filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it.each(pages)('points to headings that there are (%s)', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)].filter(
      ([, target]) => !/^https?:/.test(target ?? ''),
    );
    const lost = links.filter(([, target = '', anchor = '']) => {
      const file = target === '' ? page : join(dirname(page), target);
      return file.endsWith('.md') && !anchorsOf(file).includes(anchor);
    });
    expect(lost.map(([link]) => link)).toEqual([]);
  });

  it('is found from the README, every page of it', () => {
    const readme = read('README.md') + read('ARCHITECTURE.md');
    const lost = readdirSync('docs').filter((name) => name.endsWith('.md') && !readme.includes(`docs/${name}`));
    expect(lost).toEqual([]);
  });

  it('explains messages that people really read', () => {
    const messages = rowsOf('docs/troubleshooting.md').flatMap(([cell]) => /^`(.+)`$/.exec(cell ?? '')?.[1] ?? []);
    expect(messages.length).toBeGreaterThan(15);
    expect(messages.filter((message) => !source.includes(message))).toEqual([]);
  });

  it('names for each threat a test that there is', () => {
    const named = rowsOf('docs/security.md').flatMap(([, , cell]) => {
      const [, file, name = ''] = /^`(test\/[^`]+)`(?:: `(.+)`)?$/.exec(cell ?? '') ?? [];
      return file === undefined ? [] : [{ file, name }];
    });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ file, name }) => !existsSync(file) || !read(file).includes(name))).toEqual([]);
  });

  it('names metrics that there are', () => {
    const metrics = [...read('docs/operate.md').matchAll(/exemption_desk_([a-z_]+)/g)].map(([, name = '']) => name);
    const known = read('src/observe/metrics.ts') + read('src/observe/target-gauges.ts');
    expect(metrics.filter((name) => !known.includes(`'${name.replace(/_count$/, '')}'`))).toEqual([]);
  });

  it('keeps what there is of people as many days as it says, of every kind that ends', () => {
    const rows = {
      'answered-activities': 'which message or click was seen already',
      'reference-tries': 'how many wrong references somebody tried',
      'report-offers': 'a report that was offered as a file (not its content)',
      'asked-cards': 'who asked for a card in a channel',
      'home-cards': 'where somebody’s home card stands in Teams, and its four numbers',
      readers: 'the time zone and language that somebody’s Teams named last',
      'kept-answers': 'the answer to a change that another program asked for through the API, with its key',
      'unclaimed-drafts': 'a draft that an application left through the API',
      drafts: 'a form that was begun and never sent',
      cleanups: 'the list of a clean-up and what became of it',
      'alert-deliveries': 'an alert that was sent, refused for good or not wanted',
      'told-targets': 'what a connection was told or could not be told',
      'lost-chats': 'a chat to which nothing can be sent (its person has left)',
      'posted-cards': 'where the cards of a request stand in Teams',
      'posted-alerts': 'where an alert stands in Teams, what it says and what became of it',
    } as const satisfies Readonly<Record<OldKind, string>>;
    const table = new Map(rowsOf('docs/kept-data.md').map(([what = '', , after = '']) => [what, after]));
    const said = Object.entries(rows).map(([kind, what]) => [kind, /^(\d+) days?/.exec(table.get(what) ?? '')?.[1]]);
    const elsewhere = /a dry run is forgotten after (\d+) days/.exec(read('docs/exemptions-in-force.md'));

    expect(Object.fromEntries(said)).toEqual(
      Object.fromEntries(Object.entries(keptDays).map(([kind, days]) => [kind, String(days)])),
    );
    expect(elsewhere?.[1]).toBe(String(keptDays.cleanups));
  });

  it('gives a replica that stops the seconds that the code gives it, and the platform waits no less', () => {
    const seconds = (file: string, name: string): number =>
      Number(new RegExp(`\\b${name} = ([\\d_]+);`).exec(read(file))?.[1]?.replaceAll('_', '')) / 1000;
    const page = read('docs/scale.md');
    const [, steps = ''] = /On SIGTERM a replica\n([^]+?)\n\nGive it/.exec(page) ?? [];
    const [, whole, ours] =
      /Give it (\d+) seconds before it is killed: [^]+? and (\d+) in our templates/.exec(page) ?? [];
    const longest = seconds('src/main.ts', 'longestStopMs');

    expect([...steps.matchAll(/(\d+) seconds/g)].map(([, number]) => Number(number))).toEqual([
      seconds('src/main.ts', 'graceMs'),
      usualLimits.requestMs / 1000,
      seconds('src/app.ts', 'longestEndMs'),
      seconds('src/jobs/open-jobs.ts', 'stopMilliseconds'),
    ]);
    expect(Number(whole)).toBe(longest);
    expect(read('infra/modules/app.bicep')).toContain(`WEBSITES_CONTAINER_STOP_TIME_LIMIT: '${ours}'`);
    expect(Number(ours)).toBeGreaterThan(longest);
  });
});
