import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { startWorld } from '../../world.ts';
import type { PublishedHead } from '../../../src/core/ledger/published-heads.ts';
import { keptHeads } from '../../fakes/kept-heads.ts';
import { rebuildRequests } from '../../../src/core/ledger/rebuild-requests.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { forgetPerson } from '../../../src/workflow/ledger/forget-person.ts';
import { tick } from '../../../src/workflow/operate/tick.ts';
import { freshFolder } from '../../store/fresh-database.ts';
import { formInputs, sendRequest } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const script = fileURLToPath(new URL('../../../scripts/ledger.ts', import.meta.url));

const alice = people.find((person) => person.key === 'alice');
const bob = people.find((person) => person.key === 'bob');

/** What an operator does afterwards with the ledger of a story, from the command line. */
describe('the ledger of a story', () => {
  let data: Awaited<ReturnType<typeof freshFolder>>;
  let out: string;
  let toldAgain: number;
  let cards: readonly string[];
  let kept: readonly ExemptionRequest[];
  let published: PublishedHead[];
  let rebuilt: ReturnType<typeof rebuildRequests>;
  const [written, rejected] = ['written', 'rejected'];
  const references: Record<string, string> = {};

  const npmRunLedger = async (...words: string[]) => {
    const child = spawn(process.execPath, [script, ...words], {
      env: { DATA_DIR: data.path, TIME_ZONE: 'Europe/Berlin' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { code, said };
  };

  beforeAll(async () => {
    data = await freshFolder();
    out = await mkdtemp(join(tmpdir(), 'exemption-desk-evidence-'));
    const world = await startWorld({ logLevel: 'silent', database: { folder: data.path } });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    references[rejected] = await sendRequest(world, 'alice');
    await world.teams.say('bob', 'personal', `reject ${references[rejected]} Already exempt there`);
    await world.app().idle();
    references[written] = await sendRequest(world, 'alice');
    await world.teams.say('bob', 'personal', `approve ${references[written]} "Until spring, not longer"`);
    await world.app().idle();
    await world.clock.advance('PT1H');

    published = [];
    const { desk } = world.app();
    await tick({
      ...desk,
      now: () => new Date(desk.now().getTime() + 86_400_000),
      publishedHeads: keptHeads(published),
    });
    await world.app().idle();
    const told = world.teams.messages('alice').length;
    await forgetPerson(desk, bob?.objectId ?? '');
    await world.app().idle();
    toldAgain = world.teams.messages('alice').length - told;
    cards = world.teams.messages('#approvals').map((message) => message.visibleText);
    kept = await everyRequest(desk.database.requests);
    rebuilt = rebuildRequests(await everyLedgerRow(desk.database.ledger));
    await world.close();
  });
  afterAll(async () => {
    await data.remove();
    await rm(out, { recursive: true, force: true });
  });

  it('forgets Bob: his name goes from the cards, and nobody is told once more what they know', () => {
    expect(cards.filter((card) => card.includes('somebody (erased)'))).toHaveLength(2);
    expect(cards.filter((card) => card.includes(bob?.name ?? ''))).toEqual([]);
    expect(toldAgain).toBe(0);
  });

  it('rebuilds every request as it is kept', () => {
    expect(rebuilt).toHaveLength(kept.length);
    for (const request of rebuilt) expect(kept).toContainEqual(expect.objectContaining(request));
  });

  it('is whole, up to the head that the day published', async () => {
    expect(published).toHaveLength(1);
    const { code, said } = await npmRunLedger('verify', '--head', published[0]?.hash ?? '');

    expect(said).toMatch(/^The ledger is intact: rows 1 to \d+, head [0-9a-f]{64}\. .*published head\.\n$/);
    expect(code).toBe(0);
  });

  it('lacks a head that was never published, and says so with an exit code', async () => {
    const { code, said } = await npmRunLedger('verify', '--head', 'f'.repeat(64));

    expect(said).toContain('The published head is not in the ledger');
    expect(code).toBe(1);
  });

  it('gives evidence of a request', async () => {
    const { code, said } = await npmRunLedger('export', '--request', references[written] ?? '', '--out', out);
    const markdown = await readFile(join(out, `${references[written] ?? ''}.md`), 'utf8');
    const csv = await readFile(join(out, `${references[written] ?? ''}.csv`), 'utf8');

    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('The ledger is intact') as unknown });
    expect(markdown).toMatch(/Requested by \| Alice Anders [\s\S]*Decided by \| somebody \(erased\)/);
    expect(markdown).toContain(`> ${formInputs.justification}`);
    expect(markdown).not.toContain('Until spring');
    for (const target of kept.find((request) => request.reference === references[written])?.targets ?? [])
      expect(csv).toContain(target.exemptionId);
  });

  it('forgets Alice and stays whole', async () => {
    const { code, said } = await npmRunLedger('forget', alice?.objectId ?? '');

    expect(said).toContain('2 requests');
    expect(said).toContain('In Azure the description of these exemptions may still name them');
    expect(code).toBe(0);
    await npmRunLedger('export', '--request', references[written] ?? '', '--out', out);
    const markdown = await readFile(join(out, `${references[written] ?? ''}.md`), 'utf8');
    expect(markdown).toContain('Requested by | somebody (erased)');
    expect(markdown).not.toContain(alice?.name);
    expect(markdown).not.toContain(formInputs.justification);
    expect(markdown).toContain('The ledger is intact');
  });

  it('says how it is used to whoever mistypes', async () => {
    const { code, said } = await npmRunLedger('verify', '--haed', 'x');

    expect(said).toContain('Usage');
    expect(code).toBe(2);
  });
});
