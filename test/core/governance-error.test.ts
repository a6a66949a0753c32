import {
  GovernanceError,
  isRefusal,
  unlessRefused,
  unlessUntold,
  type GovernanceErrorCode,
} from '../../src/core/governance-error.ts';

const failing = (error: Error) => () => Promise.reject(error);
const refused = (code: GovernanceErrorCode) => new GovernanceError(code, 'No.');
const fault = new TypeError('broken');

describe('a refusal', () => {
  it.each(['invalid', 'forbidden', 'not-found', 'conflict'] as const)('is %s, whoever says so', async (code) => {
    expect(isRefusal(refused(code))).toBe(true);
    expect(await unlessRefused(failing(refused(code)), 'otherwise')).toBe('otherwise');
  });

  it('is neither silence nor a fault of ours', async () => {
    expect(isRefusal(fault)).toBe(false);
    await expect(unlessRefused(failing(refused('unavailable')), 'otherwise')).rejects.toThrow('No.');
    await expect(unlessRefused(failing(fault), 'otherwise')).rejects.toBe(fault);
  });

  it('counts only with the codes that are named', async () => {
    expect(isRefusal(refused('not-found'), 'forbidden')).toBe(false);
    expect(await unlessRefused(failing(refused('not-found')), 'otherwise', 'not-found')).toBe('otherwise');
    await expect(unlessRefused(failing(refused('conflict')), 'otherwise', 'not-found')).rejects.toThrow('No.');
  });

  it('changes nothing about work that succeeds', async () => {
    expect(await unlessRefused(async () => 'done', 'otherwise')).toBe('done');
  });
});

describe('what somebody tells', () => {
  it.each(['unavailable', 'forbidden', 'invalid'] as const)('is replaced where it is %s', async (code) => {
    expect(await unlessUntold(failing(refused(code)), 'otherwise')).toBe('otherwise');
  });

  it('is not replaced where we are at fault', async () => {
    await expect(unlessUntold(failing(fault), 'otherwise')).rejects.toBe(fault);
  });
});
