import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withoutFile } from '../../src/core/governance/governance-rules.ts';
import { governanceInForce } from '../../src/governance/governance-in-force.ts';

describe('the governance file that the configuration names', () => {
  let folder: string;
  const fileWith = async (text: string): Promise<string> => {
    const path = join(folder, 'governance.yaml');
    await writeFile(path, text);
    return path;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'governance-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is in force', async () => {
    expect((await governanceInForce(await fileWith('defaults: { approvals: 3 }'))).defaults.approvals).toBe(3);
  });

  it('may be left out: then what is built in holds', async () => {
    expect(await governanceInForce(undefined)).toBe(withoutFile);
  });

  it('keeps the bot from starting when it has mistakes, all of them named with their place', async () => {
    const path = await fileWith('defaults:\n  approvals: 9\nrules:\n- name: A\n');

    await expect(governanceInForce(path)).rejects.toThrow(
      expect.objectContaining({
        name: 'ConfigError',
        message: expect.stringMatching(
          new RegExp(`GOVERNANCE_FILE ${path}:2:3 .*at most 5[^]*GOVERNANCE_FILE ${path}:4:3 .*then is missing`),
        ) as string,
      }) as Error,
    );
  });

  it('keeps the bot from starting when it is not there', async () => {
    await expect(governanceInForce(join(folder, 'missing.yaml'))).rejects.toThrow(
      /GOVERNANCE_FILE names a file that cannot be read: .*missing\.yaml \(ENOENT\)/,
    );
  });
});
