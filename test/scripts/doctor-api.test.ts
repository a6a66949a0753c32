import { checkApi } from '../../scripts/doctor/check-api.ts';
import { apiAudience } from '../../simulator/entra/entra.ts';
import { tenantId } from '../../simulator/tenant/contoso/people.ts';

const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
const right = { ver: '2.0', aud: apiAudience, iss: issuer };

const found = async (claims: object, clients?: readonly string[]) => {
  const asked: string[] = [];
  const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  const credential = {
    getToken: async (scope: string | string[]) => {
      asked.push(String(scope));
      return { token, expiresOnTimestamp: 0 };
    },
  };
  const bot = { appId: 'bot', appType: 'UserAssignedMSI', tenantId, password: undefined } as const;
  const findings = await checkApi(credential, { api: { audience: apiAudience, clients }, bot });
  return { asked, lines: findings.map(({ verdict, seen }) => `${verdict}: ${seen}`) };
};

describe('the doctor, on the API', () => {
  it('is content with tokens of version 2.0 of our tenant, and says who may call', async () => {
    expect(await found(right)).toEqual({
      asked: [`${apiAudience}/.default`],
      lines: ['well: on, every application with a role or scope may call'],
    });
    expect((await found(right, ['a', 'b'])).lines).toEqual(['well: on, 2 applications may call']);
  });

  it('finds a registration that makes tokens of version 1.0, or lies in another tenant', async () => {
    expect((await found({ ...right, ver: '1.0' })).lines[0]).toMatch(/^wrong: .*version 1\.0/);
    expect((await found({ ...right, iss: 'https://login.microsoftonline.com/other/v2.0' })).lines[0]).toMatch(/^wrong/);
  });
});
