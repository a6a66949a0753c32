import { activityShape } from '../../../src/bot/door/activity-shape.ts';

const activity = {
  type: 'message',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  conversation: { id: 'a:1', tenantId: '72f988aa-0000-4000-8000-0000000000aa', name: '' },
  from: { id: '29:1', aadObjectId: '00000000-0000-4000-8000-000000000101', name: 'Alice' },
  recipient: { id: '28:bot' },
};

describe('what is taken of an activity', () => {
  it.each([
    [
      'a channel',
      { channelData: { channel: { name: 'gene\u0000ral\ud83d' } } },
      'channelData.channel.name',
      'general\ufffd',
    ],
    ['a conversation', { conversation: { id: 'a:1', name: '\u202eshop' } }, 'conversation.name', 'shop'],
    ['a person', { from: { id: '29:1', name: 'Al\u0007ice' } }, 'from.name', 'Alice'],
  ])('has a name of %s that can be read and kept', (_of, changes, path, name) => {
    expect(activityShape.parse({ ...activity, ...changes })).toHaveProperty(path, name);
  });

  it.each([
    ['conversation', { conversation: { id: 'a:\u2603' } }],
    ['tenant', { conversation: { id: 'a:1', tenantId: '72f988aa\u0000' } }],
    ['person', { from: { id: '29:1', aadObjectId: 'ü' } }],
    ['team', { channelData: { team: { id: 'a\nb' } } }],
    ['activity', { id: 'x'.repeat(1001) }],
    ['activity before', { replyToId: {} }],
  ])('is refused with an id of the %s that is none', (_of, changes) => {
    expect(activityShape.safeParse({ ...activity, ...changes }).success).toBe(false);
  });

  it('has the zone and language of the client, and is taken without them where they are nonsense', () => {
    const hints = { localTimezone: 'Asia/Tokyo', locale: 'ja-JP' };
    const entities = [{ type: 'clientInfo', timezone: 'Asia/Tokyo', locale: 'ja-JP', country: 'JP' }];
    expect(activityShape.parse({ ...activity, ...hints, entities })).toMatchObject({
      ...hints,
      entities: [{ type: 'clientInfo', timezone: 'Asia/Tokyo', locale: 'ja-JP' }],
    });
    for (const nonsense of [7, null, {}, ['Asia/Tokyo'], 'x'.repeat(100_000)]) {
      const taken = activityShape.parse({ ...activity, localTimezone: nonsense, locale: nonsense });
      expect([taken.localTimezone, taken.locale]).toEqual([undefined, undefined]);
    }
  });

  it('leaves out everything that nobody asks for', () => {
    const taken = activityShape.parse({ ...activity, callerId: 'x', from: { ...activity.from, role: 'skill' } });

    expect(taken).not.toHaveProperty('callerId');
    expect(taken.from).not.toHaveProperty('role');
  });
});
