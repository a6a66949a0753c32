import { ticketAddress, ticketProblem as problemBy } from '../../../src/core/governance/ticket.ts';
import { ticketFits } from '../../../src/governance/ticket-fits.ts';

const ticketProblem = (ticket: string, rule: Parameters<typeof problemBy>[1]) => problemBy(ticket, rule, ticketFits);
const change = { pattern: 'CHG[0-9]{7}|EMERGENCY', example: 'CHG0012345' };

describe('a ticket number', () => {
  it('may be left out unless it is required', () => {
    expect(ticketProblem('  ', { required: false, patterns: [change] })).toBeUndefined();
    expect(ticketProblem(' ', { required: true, patterns: [] })).toBe('A ticket number is required here.');
    expect(ticketProblem('', { required: true, patterns: [change] })).toBe(
      'A ticket number is required here, such as CHG0012345.',
    );
  });

  it('fits the pattern from its first character to its last', () => {
    const rule = { required: true, patterns: [change] };
    expect(ticketProblem(' CHG0000001 ', rule)).toBeUndefined();
    for (const ticket of ['CHG00000012', 'xCHG0000001', 'EMERGENCY?', 'CHG0000001\nCHG0000002'])
      expect(ticketProblem(ticket, rule)).toBe(`The ticket number “${ticket}” does not look like CHG0012345.`);
  });

  it('is compared with no pattern if it is too long', () => {
    const never = () => {
      throw new Error('compared');
    };
    const long = 'A'.repeat(65);
    expect(problemBy(long, { required: true, patterns: [change] }, never)).toContain('does not look like CHG0012345');
  });

  it('fits every pattern when several rules ask for one', () => {
    const rule = { required: true, patterns: [change, { pattern: 'CHG1.*', example: 'CHG1000000' }] };
    expect(ticketProblem('CHG1234567', rule)).toBeUndefined();
    expect(ticketProblem('CHG0234567', rule)).toBe(
      'The ticket number “CHG0234567” does not look like CHG0012345 and CHG1000000.',
    );
  });
});

describe('the address of a ticket', () => {
  const pattern = { pattern: '.*', example: 'CHG1', url: 'https://itsm.example/find?number={ticket}' };

  it('holds its number and stays on the host of the rules', () => {
    expect(ticketAddress('CHG1', [{ pattern: 'C.*', example: 'C' }, pattern])).toBe(
      'https://itsm.example/find?number=CHG1',
    );
    expect(ticketAddress('CHG1', [])).toBeUndefined();
    for (const hostile of ['@evil.example/', '../..//evil.example', '$&', '#?&x=1', '{ticket}']) {
      const url = new URL(ticketAddress(hostile, [pattern]) ?? '');
      expect([url.host, url.searchParams.get('number')]).toEqual(['itsm.example', hostile]);
    }
  });
});
