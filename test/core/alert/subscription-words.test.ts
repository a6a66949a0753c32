import { namesTyped, placesTyped, subscriptionWish } from '../../../src/core/alert/subscription-words.ts';
import { everyAlert } from '../../../src/core/alert/subscription.ts';

describe('what stands after subscribe', () => {
  it.each([
    ['contoso', ['contoso'], {}],
    ['Landing zones expiring expired', ['Landing', 'zones'], { kinds: ['expiring', 'expired'] }],
    ['expired Landing zones EXPIRING', ['Landing', 'zones'], { kinds: ['expired', 'expiring'] }],
    ['contoso created, changes, orphaned', ['contoso'], { kinds: ['created', 'changed', 'deleted', 'orphaned'] }],
    ['contoso created created', ['contoso'], { kinds: ['created'] }],
    ['everything severity:high digest weekly', ['everything'], { severity: 'high', digest: 'weekly' }],
    ['contoso severity:Critical', ['contoso'], { severity: 'critical' }],
    ['daily digest contoso Severity:Medium', ['contoso'], { severity: 'medium', digest: 'daily' }],
    ['contoso quiet 20:00-07:00', ['contoso'], { quiet: { from: 1200, to: 420 } }],
    ['quiet 9:30 – 17:00 contoso', ['contoso'], { quiet: { from: 570, to: 1020 } }],
    ['contoso zone europe/berlin', ['contoso'], { timeZone: 'Europe/Berlin' }],
    ['to contoso', ['contoso'], {}],
    ['"expired things"', ['expired things'], {}],
    ['contoso zone asia/kolkata', ['contoso'], { timeZone: 'Asia/Kolkata' }],
    ['contoso zone Europe/Kyiv', ['contoso'], { timeZone: 'Europe/Kyiv' }],
    ['“zone” gaps', ['zone'], { kinds: ['gap'] }],
    ['for', ['for'], {}],
    ['rg-shop, created, expired', ['rg-shop'], { kinds: ['created', 'expired'] }],
  ] as const)('%s', (text, scopeWords, filter) => {
    expect(subscriptionWish(text)).toEqual({
      scopes: [scopeWords],
      filter: { ...everyAlert, ...filter },
      alerts: true,
      requests: false,
    });
  });

  it.each([
    ['rg-a, rg-b expiring', [['rg-a'], ['rg-b']]],
    ['rg-a,rg-b,rg-c', [['rg-a'], ['rg-b'], ['rg-c']]],
    ['to Landing zones, "Research, all", shop prod', [['Landing', 'zones'], ['Research, all'], ['shop', 'prod']]],
    ['expiring', []],
  ])('names several scopes with commas between them: %s', (text, scopes) => {
    expect(subscriptionWish(text).scopes).toEqual(scopes);
  });

  it('takes requests alone, or together with alerts', () => {
    expect(subscriptionWish('requests contoso')).toMatchObject({ requests: true, alerts: false });
    expect(subscriptionWish('contoso requests expired')).toMatchObject({
      requests: true,
      alerts: true,
      filter: { kinds: ['expired'] },
    });
  });

  it.each([
    ['contoso digest', 'digest daily or digest weekly'],
    ['contoso quiet', 'like this: quiet 20:00-07:00'],
    ['contoso quiet at night', 'like this: quiet 20:00-07:00'],
    ['contoso quiet 25:00-07:00', '25:00 is not a time.'],
    ['contoso quiet 07:00-07:00', 'would last all day'],
    ['contoso severity', 'severity:high, severity:medium'],
    ['contoso severity:worst', 'severity:high, severity:medium'],
    ['contoso zone Europe/Berln', 'Did you mean Europe/Berlin?'],
    ['contoso zone Kyiv', 'There is no time zone “Kyiv”. Did you mean Europe/Kyiv or Europe/Kiev?'],
    ['contoso zone', 'like this: zone Europe/Berlin'],
  ])('%s is refused with the remedy', (text, sentence) => {
    expect(() => subscriptionWish(text)).toThrow(sentence);
  });
});

describe('a recommendation after subscribe', () => {
  it.each([
    ['recommendation:"Disks, all of them, should be expired" expiring', 'Disks, all of them, should be expired', []],
    ['created recommendation:“Disks” in Landing zones, rg-a', 'Disks', [['Landing', 'zones'], ['rg-a']]],
    [
      'contoso, recommendation:8a6e9d3b-0000-4000-8000-000000000001',
      '8a6e9d3b-0000-4000-8000-000000000001',
      [['contoso']],
    ],
  ])('stands behind its key: %s', (text, recommendation, scopes) => {
    expect(subscriptionWish(text)).toMatchObject({ recommendation, scopes, alerts: true });
  });

  it('is one', () => {
    expect(() => subscriptionWish('recommendation:"a" recommendation:"b"')).toThrow('Write one recommendation');
    expect(() => subscriptionWish('recommendation:""')).toThrow('Write one recommendation');
  });
});

describe('what we asked for', () => {
  it.each([
    ['what we asked for', []],
    ['What we asked for expiring, in Landing zones', [['Landing', 'zones']]],
    ['created what we asked for contoso, rg-a', [['contoso'], ['rg-a']]],
  ])('is no name of a scope: %s', (text, scopes) => {
    expect(subscriptionWish(text)).toMatchObject({ scopes, filter: { ours: true }, alerts: true });
  });

  it('is one in quotes, and asks for nothing of the kind', () => {
    expect(subscriptionWish('"what we asked for"').scopes).toEqual([['what we asked for']]);
    expect(subscriptionWish('contoso').filter).not.toHaveProperty('ours');
  });

  it('is nothing to decide', () => {
    expect(() => subscriptionWish('what we asked for requests')).toThrow('where people decide about a scope');
    expect(() => placesTyped('what we asked for in contoso')).toThrow('where people decide about a scope');
  });
});

describe('a tag after subscribe', () => {
  it.each([
    ['tag:env=prod expiring', 'env=prod', []],
    ['contoso, tag:Env=Prod, created', 'Env=Prod', [['contoso']]],
    ['tag:"cost center=42 a" in Landing zones', 'cost center=42 a', [['Landing', 'zones']]],
    ['tag:env="pre prod" recommendation:"Disks"', 'env=pre prod', []],
    ['tag:env', 'env', []],
  ])('stands behind its key: %s', (text, tag, scopes) => {
    expect(subscriptionWish(text)).toMatchObject({ tag, scopes, alerts: true });
  });

  it('is one, and has a name', () => {
    expect(() => subscriptionWish('tag:a=1 tag:b=2')).toThrow('Write one tag');
    expect(() => subscriptionWish('tag:=prod')).toThrow('Name the tag and its value');
    expect(placesTyped('tag:env=prod contoso')).toEqual({ scopes: [['contoso']], tag: 'env=prod' });
    expect(namesTyped('tag:env=prod, contoso')).toEqual([['tag:env=prod'], ['contoso']]);
  });
});
