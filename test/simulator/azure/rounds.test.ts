import { createRounds } from '../../../simulator/azure/rounds.ts';

describe('the rounds of calls', () => {
  it('count what waits for an earlier answer, and nothing else', async () => {
    const rounds = createRounds();
    const call = (name: string) => rounds.within(name, async () => name);
    await call('before');
    rounds.start();
    await Promise.all([call('a').then(() => call('after a')), call('b')]);
    expect(rounds.stop()).toEqual([['a', 'b'], ['after a']]);
    expect(await call('afterwards')).toBe('afterwards');
  });

  it('do not hold back for ever what nobody waits for', async () => {
    const rounds = createRounds();
    rounds.start();
    const left = rounds.within('of a job', async () => 'answered');
    expect(rounds.stop()).toEqual([]);
    expect(await left).toBe('answered');
  });
});
