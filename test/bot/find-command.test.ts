import { findCommand } from '../../src/bot/find-command.ts';
import type { Command } from '../../src/bot/command.ts';
import { parseLine } from '../../src/bot/parse-line.ts';

const command = (name: string): Command => ({
  name,
  usage: name,
  description: '',
  menus: [],
  changes: false,
  guests: 'reads' as const,
  run: async () => ({ kind: 'say', text: name }),
});
const commands = [
  'help',
  'recommendations',
  'recommendation',
  'request',
  'requests',
  'approve',
  'approvals here',
  'exemptions',
].map(command);

describe('finding the command in a typed line', () => {
  it.each([
    ['recommendations', 'recommendations', ''],
    ['RECOMMENDATIONS high', 'recommendations', 'high'],
    ['recommendation Key Vault', 'recommendation', 'Key Vault'],
    ['high recommendations please', 'recommendations', 'high please'],
    ['approvals   here for contoso', 'approvals here', 'for contoso'],
    ['approve EX-12AB fine until then', 'approve', 'EX-12AB fine until then'],
    ['reject this request', 'request', 'reject this'],
  ])('reads “%s” as %s', (line, name, rest) => {
    expect(findCommand(line, commands)).toMatchObject({ kind: 'found', command: { name }, rest });
  });

  it.each([
    ['recomendations', 'recommendations'],
    ['aprove EX-12AB', 'approve'],
    ['hlep', 'help'],
  ])('offers the nearest command for “%s”', (line, nearest) => {
    expect(findCommand(line, commands)).toEqual({ kind: 'unknown', nearest });
  });

  it('offers nothing where nothing is near', () => {
    expect(findCommand('supercalifragilistic', commands)).toEqual({ kind: 'unknown', nearest: undefined });
  });

  it('takes an empty line for a question about what can be done', () => {
    expect(findCommand('   ', commands)).toEqual({ kind: 'nothing' });
  });
});

describe('taking a line apart', () => {
  it('keeps quoted words together and sorts out the filters', () => {
    expect(parseLine('storage "secure transfer" severity:high sub:"shop prod" Type:Microsoft.Sql/servers')).toEqual({
      words: ['storage', 'secure transfer'],
      filters: { severity: 'high', sub: 'shop prod', type: 'Microsoft.Sql/servers' },
    });
  });

  it('leaves colons alone that are no filter', () => {
    expect(parseLine('note:this https://example.com')).toEqual({
      words: ['note:this', 'https://example.com'],
      filters: {},
    });
  });
});
