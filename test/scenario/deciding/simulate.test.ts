import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { startWorld } from '../../world.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { forgetPerson } from '../../../src/workflow/ledger/forget-person.ts';
import { runScript } from '../../scripts/run-script.ts';
import { freshFolder } from '../../store/fresh-database.ts';
import { formInputs, offered, openForm } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const inForce = `
rules:
  - name: Whoever could decide need not ask
    when: { scope: [mg:corp], category: [mitigated] }
    then: { approvals: 0 }
  - name: Corp needs two
    when: { scope: [mg:corp], severity: [high] }
    then: { approvals: 2, maxDays: 30 }
  - name: Nobody knows where this is
    when: { scope: [mg:landingzons] }
    then: { justification: { minLength: 30 } }
`;

const changed = `
defaults: { ticket: { pattern: 'CHG[0-9]{4}', example: CHG0042 } }
rules:
  - name: What corp mitigates is looked at
    when: { scope: [mg:corp], category: [mitigated] }
    then: { approvals: 1, ticket: optional }
  - name: Corp makes no exemptions for storage
    when: { scope: [mg:corp], resourceType: [Microsoft.Storage/*] }
    then: { deny: Not in corp. }
`;

/** What an operator learns from past requests before a changed file comes into force. */
describe('a changed governance file, tried on a story', () => {
  let data: Awaited<ReturnType<typeof freshFolder>>;
  let folder: string;
  let requests: ExemptionRequest[];
  let told: Awaited<ReturnType<typeof runScript>>;
  const references: Record<string, string> = {};

  const simulate = async (text: string) => {
    const file = join(folder, 'governance.yaml');
    await writeFile(file, text);
    const settings = { DATA_DIR: data.path, TIME_ZONE: 'Europe/Berlin' };
    return runScript('governance', ['simulate', file], settings);
  };
  const lineOf = (said: string, key: string): string =>
    said.split('\n').find((line) => line.startsWith(references[key] ?? '?')) ?? '';

  beforeAll(async () => {
    data = await freshFolder();
    folder = await mkdtemp(join(tmpdir(), 'exemption-desk-simulate-'));
    const world = await startWorld({ logLevel: 'silent', governance: inForce, database: { folder: data.path } });
    const send = async (person: string, label: string, inputs: Record<string, string> = {}): Promise<string> => {
      const form = await openForm(world, person);
      const resources = offered(world, person, form, label);
      await world.teams.press(person, form, 'Preview', { ...formInputs, resources, ...inputs });
      await world.teams.press(person, form, 'Send', {});
      await world.app().idle();
      const [newest] = await everyRequest(world.app().desk.database.requests);
      return newest!.reference;
    };
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    references.waived = await send('carol', 'stcorpweb');
    await world.teams.say('carol', 'personal', `withdraw ${references.waived}`);
    references.mitigated = await send('bob', 'stcorpweb', { category: 'Mitigated' });
    references.shop = await send('alice', 'stshopprod', { ticket: '0042' });
    requests = await everyRequest(world.app().desk.database.requests);
    await forgetPerson(world.app().desk, people.find(({ key }) => key === 'alice')?.objectId ?? '');
    await world.app().idle();
    await world.close();
    told = await simulate(changed);
  }, 180_000);
  afterAll(async () => {
    await data.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('has three requests to go by, one of which nobody had to approve', () => {
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map(({ reference }) => reference))).toEqual(new Set(Object.values(references)));
    expect(requests.map(({ governance }) => governance.approvals).sort()).toEqual([0, 1, 2]);
  });

  it('changes nothing while it is the file in force, even where that names a place that nobody knows', async () => {
    const { code, said } = await simulate(inForce);

    expect(said.split('\n')[0]).toMatch(/^3 requests from .* to .*: 3 as before\.$/);
    expect(code).toBe(0);
  });

  it('tells each request that would fare otherwise, by the facts of then', () => {
    const { code, said } = told;

    expect(said.split('\n')[0]).toMatch(
      /: 0 as before, 1 would be refused, 1 would no longer be applied without approval, 1 cannot be told\.$/,
    );
    expect(lineOf(said, 'waived')).toMatch(
      / stcorpweb\w*: was 2 approvals, at most 30 days, by “Corp needs two” \(line 6\); would be refused, by “Corp makes no exemptions for storage” \(line 7\)$/,
    );
    expect(lineOf(said, 'mitigated')).toContain(
      'was 0 approvals, at most 365 days, by “Whoever could decide need not ask” (line 3)',
    );
    expect(lineOf(said, 'mitigated')).toContain(
      'would be 1 approval, at most 365 days, by “What corp mitigates is looked at” (line 4)',
    );
    expect(lineOf(said, 'shop')).toMatch(
      /: was 1 approval, at most 90 days, by “Nobody knows where this is” \(line 9\) and the defaults; would be 1 approval, at most 90 days, by the defaults; its ticket number was erased, so it is unknown whether it looked like CHG0042$/,
    );
    expect(code).toBe(0);
  });

  it('names no person and repeats none of their words', () => {
    const { said } = told;

    for (const { name, objectId } of people) {
      expect(said).not.toContain(name);
      expect(said).not.toContain(objectId);
    }
    expect(said).not.toContain(formInputs.justification);
    expect(said).not.toContain(formInputs.name);
  });
});
