import { readConfig } from '../src/config.ts';

const complete = {
  MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
  MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: '33333333-3333-4333-8333-333333333333',
  ALLOW_EMBEDDED_DATABASE: 'true',
};

describe('the start in a cloud that has no exemptions', () => {
  it.each([
    ['AZURE_CLOUD', 'AzureUSGovernment'],
    ['AZURE_CLOUD', 'AzureChinaCloud'],
    ['AZURE_AUTHORITY_HOST', 'https://login.microsoftonline.us'],
    ['AZURE_AUTHORITY_HOST', 'https://login.chinacloudapi.cn/'],
    ['AZURE_AUTHORITY_HOST', 'https://login.microsoftonline.com.example'],
  ])('is refused with the reason: %s=%s', (name, value) => {
    expect(() => readConfig({ ...complete, [name]: value })).toThrow(
      new RegExp(`${name} names a cloud other than public Azure. Defender for Cloud has no exemptions`),
    );
  });

  it.each([
    ['AZURE_CLOUD', 'AzureCloud'],
    ['AZURE_CLOUD', 'azurepubliccloud'],
    ['AZURE_AUTHORITY_HOST', 'https://login.microsoftonline.com/'],
    ['AZURE_AUTHORITY_HOST', 'login.microsoftonline.com'],
    ['AZURE_AUTHORITY_HOST', ''],
  ])('does not happen in public Azure: %s=%s', (name, value) => {
    expect(readConfig({ ...complete, [name]: value }).timeZone).toBe('UTC');
  });
});
