import { portalUrl } from '../../src/cards/portal-url.ts';
import { portalLinksIn } from '../../src/core/tenant/portal-link.ts';

const key = '1c5de8e1-f68d-6a17-e0d2-ec259c42768c';
const resource =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg (shop)/providers/Microsoft.Sql/servers/a/databases/b c';

describe('a link of a card to the Azure portal', () => {
  it.each([undefined, resource])('is what the bot itself reads as the same recommendation, of %s', (of) => {
    const url = portalUrl({ recommendation: key, resource: of });
    expect(portalLinksIn(`see ${url}.`)).toMatchObject([
      { said: url, target: { kind: 'recommendation', key, resource: of }, isOtherCloud: false },
    ]);
  });

  it.each(['exemptions', 'defender-settings', { graphQuery: 'policyresources | take 1' }] as const)(
    'names nothing else: %j',
    (place) => {
      expect(portalLinksIn(portalUrl(place)).map(({ target }) => target)).toEqual([{ kind: 'nothing' }]);
    },
  );
});
