import { createChannelKeys, KeysUnavailable, type ChannelKeys } from '../../../src/bot/door/channel-keys.ts';
import { startIdentityProvider, type IdentityProvider } from './identity-provider.ts';

const minutes = 60_000;
const hours = 60 * minutes;

describe('the keys of Teams', () => {
  let provider: IdentityProvider;
  let keys: ChannelKeys;
  let time: number;

  beforeEach(async () => {
    time = 0;
    provider = await startIdentityProvider({ aud: 'bot', serviceurl: 'https://smba.trafficmanager.net/emea/' });
    keys = createChannelKeys(provider.metadataUrl, () => new Date(time), 0);
  });
  afterEach(() => provider.close());

  const look = (kid = 'endorsed') => keys.key({ alg: 'RS256', kid }, { payload: '', signature: '' });

  it('are fetched once for many who come together and after one another', async () => {
    await Promise.all([look(), look(), look()]);
    time += 9 * minutes;
    await look();

    expect(provider.fetches()).toBe(1);
  });

  it('are fetched again after ten minutes, and nobody waits for that', async () => {
    await look();
    time += 11 * minutes;
    const held = provider.hold();
    await look();
    held.release();

    await held.asked;
    expect(provider.fetches()).toBe(2);
  });

  it('are those of today for whoever comes first after a quiet hour', async () => {
    await look();
    time += 61 * minutes;
    await look();

    expect(provider.fetches()).toBe(2);
  });

  it('stay good for a day where nobody answers any more, and no longer', async () => {
    await look();
    provider.setDown(true);
    time += 23 * hours;
    await expect(look()).resolves.toBeDefined();
    const asked = provider.fetches();
    await expect(look()).resolves.toBeDefined();
    expect(provider.fetches()).toBe(asked);
    await expect(look('unpublished')).rejects.toThrow('its key is unknown');
    time += 2 * hours;
    await expect(look()).rejects.toThrow(KeysUnavailable);
    await expect(look()).rejects.toThrow('No activity can be accepted');

    provider.setDown(false);
    await expect(look()).resolves.toBeDefined();
  });

  it('do not hold one that nobody published', async () => {
    await expect(look('unpublished')).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});
