import { choiceTokens } from '../../../src/core/request/choice-token.ts';
import type { Activity } from 'botbuilder';
import { turnOf } from '../../../src/bot/turn.ts';
import { referenceAtStart, referencesIn } from '../../../src/core/request/typed-reference.ts';
import { alice, bob, vm1, vm10 } from '../../core/contoso.ts';
import { boot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { ask } from '../../fakes/story.ts';
import { answerTo, outcomeOf } from '../say-to-desk.ts';

describe('a reference as people type and paste it', () => {
  it.each([
    ['EX-12AB'],
    ['ex-12ab'],
    ['EX\u201112AB'],
    ['EX–12AB'],
    ['EX − 12AB'],
    ['EX 12AB'],
    ['EX12AB'],
    ['EX-12AB.'],
    ['EX-12AB:'],
    ['"EX-12AB"'],
    ['“EX-12AB”,'],
    ['(EX-12AB)'],
    ['**EX-12AB**'],
  ])('is understood: %s', (text) => {
    expect(referenceAtStart(text)).toEqual({ reference: 'EX-12AB', rest: '' });
    expect(referenceAtStart(`${text} fine by me`)).toEqual({ reference: 'EX-12AB', rest: 'fine by me' });
  });

  it.each(['', 'expired', 'EX-1', 'EX-123456789', 'Exempt: disks', 'example', 'the EX-12AB', 'EX-12AB/x'])(
    'is not seen in “%s”',
    (text) => {
      expect(referenceAtStart(text)).toBeUndefined();
    },
  );

  it('is told from a word in a sentence', () => {
    expect(referencesIn('ex-staff and ex-employee, like ex-12ab, EX–ABCD and ex-abcdef')).toEqual([
      'EX-12AB',
      'EX-ABCD',
      'EX-ABCDEF',
    ]);
  });

  it('shows the request if it is all that somebody says', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    for (const line of [reference, ` “${reference.toLowerCase().replace('-', '\u2011')}”. `])
      expect(await outcomeOf(world, bob, line)).toMatchObject({ kind: 'card', standing: { reference } });
  });

  it.each([
    ['aprove EX-12AB ok', 'Did you mean: approve EX-12AB ok'],
    ['EX-12AB please', 'Did you mean: request EX-12AB'],
    ['what about EX–12AB?', 'Did you mean: request EX-12AB'],
    ['hlep', 'Did you mean: help'],
  ])('stays in what is proposed for “%s”', async (line, proposal) => {
    expect(await answerTo(await makeDesk(), bob, line)).toContain(proposal);
  });

  it('is found behind the message that Teams quotes', () => {
    const activity = {
      text: '<at>Desk</at> <quoted messageId="1700000000000"/>approve EX-12AB',
      from: { id: '29:bob', aadObjectId: bob.objectId, name: 'Bob' },
      recipient: { id: '28:bot', name: 'Desk' },
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: bob.tenantId, isGroup: false, name: '' },
      entities: [{ type: 'mention', mentioned: { id: '28:bot' }, text: '<at>Desk</at>' }],
      channelData: {},
    } as unknown as Activity;
    expect(turnOf(activity, undefined)?.text).toBe('approve EX-12AB');
    const text = '<quoted messageId="1">approve EX-ZZZZ22</quoted> EX-12AB';
    expect(turnOf({ ...activity, text }, undefined)?.text).toBe('EX-12AB');
  });
});

describe('exempting by words', () => {
  const accountsOpen = async () => {
    const world = await makeDesk();
    const accounts = world.tenant.recommendations.find(({ policyDefinitionId }) => policyDefinitionId === undefined);
    const open = {
      recommendationKey: accounts?.key ?? '',
      resourceId: vm1,
      resourceName: 'vm1',
      status: 'unhealthy' as const,
    };
    world.tenant.assessments = [...world.tenant.assessments, open];
    return world;
  };

  it('opens no form for what cannot be exempted', async () => {
    const world = await accountsOpen();
    expect(await answerTo(world, alice, 'exempt vm1 from accounts should be few')).toContain(
      'not driven by Azure Policy',
    );
    world.tenant.assignments = [];
    expect(await answerTo(world, alice, 'exempt vm1 from disks should be encrypted')).toContain('no policy assignment');
  });

  it('offers the recommendations that the words can mean, with all else that was said', async () => {
    const world = await makeDesk();
    const answer = await answerTo(world, alice, 'exempt vm1 from should be for 2 weeks as waiver because we move');
    const rest = 'until 2026-12-05 as waiver because we move';
    for (const { key, title } of [disks, boot]) {
      expect(answer).toContain(`"title":"${title}"`);
      expect(answer).toContain(`exempt \\"vm1\\" from ${key} ${rest}`);
    }
    expect(await answerTo(world, alice, `exempt "vm1" from ${disks.key} ${rest}`)).toContain('until 5 Dec 2026');
  });

  it('finds a title by its words in another order', async () => {
    expect(await answerTo(await makeDesk(), alice, 'exempt vm1 from encrypted disks')).toContain('step 1 of 2');
  });

  it('offers the resources that a name can mean', async () => {
    const world = await makeDesk();
    const answer = await answerTo(world, alice, 'exempt vm from disks should be encrypted');
    expect(answer).toContain(`exempt \\"${vm1}\\" from ${disks.key}`);
    expect(answer).toContain(`exempt \\"${vm10}\\" from ${disks.key}`);
    const form = await answerTo(world, alice, `exempt "${vm10}" from "${disks.title}"`);
    expect(form).toContain(`"value":"${choiceTokens(world.desk.hash)(vm10)}","choices"`);
    expect(await answerTo(world, alice, 'exempt web-1 from disks should be encrypted')).toContain(
      'not open on any resource',
    );
  });
});
