import { ConnectionMistake, type Connection, type ConnectionKind } from '../../src/core/connection/connection.ts';
import { connectionSecretsIn } from '../../src/settings/connection-secrets.ts';
import { connectionsIn } from '../../src/start/open-connections.ts';

const kind = (section: string): ConnectionKind => ({
  section,
  open: (written, secretOf) => {
    const { secret } = written as { readonly secret: string };
    const value = secretOf(secret);
    if (value === undefined) throw new ConnectionMistake([`secret names ${secret}, which is not set`]);
    return [{ name: `${section}/${value}` } as Connection];
  },
});
const kinds = [kind('webhooks'), kind('siem')];

describe('the connections file', () => {
  it('opens what stands in it, and nothing else', () => {
    expect(connectionsIn('', kinds, {})).toEqual([]);
    expect(
      connectionsIn('webhooks: { secret: CONNECTION_A }', kinds, { CONNECTION_A: 'x' }).map(({ name }) => name),
    ).toEqual(['webhooks/x']);
  });

  it('names every mistake at once, and repeats no line of the file', () => {
    const wrong = 'webhooks: { secret: CONNECTION_A }\nsiem: { secret: CONNECTION_B }\nfax: {}';
    const complaint = () => connectionsIn(wrong, kinds, {});
    expect(complaint).toThrow('fax in the connections file is not known; known: webhooks, siem');
    expect(complaint).toThrow('webhooks in the connections file: secret names CONNECTION_A, which is not set');
    expect(complaint).toThrow('siem in the connections file: secret names CONNECTION_B, which is not set');
    for (const text of ['webhooks: {{ hidden', '- hidden', 'hidden'])
      expect(() => connectionsIn(text, kinds, {})).toThrow(/^(?!.*hidden).*connections file/s);
  });

  it('gets only settings whose names say that they are for it, and no unread reference to Key Vault', () => {
    expect(
      connectionSecretsIn({
        CONNECTION_A: 'whsec_a',
        CONNECTION_B: '@Microsoft.KeyVault(SecretUri=https://x)',
        CONNECTION_C: '',
        CONNECTIONS_FILE: 'file',
        MICROSOFT_APP_PASSWORD: 'password',
      }),
    ).toEqual({ CONNECTION_A: 'whsec_a' });
  });
});
