import { runScript } from './run-script.ts';

/** Exit code 0 needs an Azure in which nothing is wrong, so a real one: the script knows no other. */
describe('npm run doctor', () => {
  it('ends with 1 where something is wrong, and says what', async () => {
    const { code, said } = await runScript('doctor', [], { MICROSOFT_APP_ID: 'nobody' });

    expect(said).toMatch(/^WRONG +Settings: /);
    expect(said).toContain('MICROSOFT_APP_ID is not valid');
    expect(said).toMatch(/\n1 wrong, 0 to look at, 0 unknown\.\n$/);
    expect(code).toBe(1);
  });

  it.each([[['approvals']], [['--chanel', 'approvals']], [['--channel']]])(
    'ends with 2 and explains itself where it is not understood: %j',
    async (words) => {
      const { code, said } = await runScript('doctor', words, {});

      expect(said).toContain('Usage: npm run doctor');
      expect(said).not.toContain('WRONG');
      expect(code).toBe(2);
    },
  );
});
