import { attemptAll } from '../../src/workflow/attempt-all.ts';

describe('doing several things although some fail', () => {
  const failing = (message: string) => async () => {
    throw new Error(message);
  };

  it('does the rest after a failure, then tells it', async () => {
    const done: string[] = [];
    const note = (what: string) => async () => void done.push(what);

    await expect(attemptAll([note('first'), failing('broken'), note('last')])).rejects.toThrow('broken');
    expect(done).toEqual(['first', 'last']);
  });

  it('tells all failures together', async () => {
    await expect(attemptAll([failing('one'), failing('two')])).rejects.toMatchObject({
      errors: [new Error('one'), new Error('two')],
    });
  });

  it('is silent when all went well', async () => {
    await expect(attemptAll([async () => undefined])).resolves.toBeUndefined();
  });
});
