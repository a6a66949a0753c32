import { isTeamsServiceUrl } from '../../../src/bot/door/guarded-authentication.ts';

describe('where the bot sends its token', () => {
  it.each([
    ['https://smba.trafficmanager.net/emea/', true],
    ['https://smba.trafficmanager.net/teams/', true],
    ['https://canary.botapi.teams.microsoft.com/amer/', true],
    ['https://smba.infra.gcc.teams.microsoft.com/gcc/', true],
    ['https://api.botframework.com/', true],
    ['HTTPS://SMBA.TRAFFICMANAGER.NET/emea/', true],
    ['http://smba.trafficmanager.net/emea/', false],
    ['https://smba.trafficmanager.net:8443/emea/', false],
    ['https://evil.trafficmanager.net/', false],
    ['https://smbaxtrafficmanager.net/', false],
    ['https://smba.trafficmanager.net.evil.example/', false],
    ['https://smba.trafficmanager.net@evil.example/', false],
    ['https://bot@smba.trafficmanager.net/', false],
    ['https://evil.example/smba.trafficmanager.net', false],
    ['https://evil.example\\@smba.trafficmanager.net/', false],
    ['https://teams.microsoft.com.evil.example/', false],
    ['https://evilteams.microsoft.com/', false],
    ['https://xteamsxmicrosoft.com/', false],
    ['https://evilbotframework.com/', false],
    ['https://botframework.com.evil.example/', false],
    ['https://127.0.0.1/', false],
    ['file:///smba.trafficmanager.net', false],
    ['smba.trafficmanager.net', false],
    ['', false],
  ])('%s: %s', (url, allowed) => {
    expect(isTeamsServiceUrl(url)).toBe(allowed);
  });
});
