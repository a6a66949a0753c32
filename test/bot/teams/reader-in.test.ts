import type { Activity } from 'botbuilder';
import { readerIn } from '../../../src/bot/teams/reader-in.ts';

const inTokyo = { timeZone: 'Asia/Tokyo', locale: 'ja-JP', hour12: false };
const clientInfo = { type: 'clientInfo', timezone: 'Asia/Tokyo', locale: 'ja-JP' };

describe('the time of whoever sent an activity', () => {
  it.each([
    ['the activity', { localTimezone: 'Asia/Tokyo', locale: 'ja-JP' }, inTokyo],
    ['its clientInfo', { entities: [{ type: 'mention' }, clientInfo] }, inTokyo],
    [
      'both, of which the activity counts',
      { localTimezone: 'Asia/Tokyo', locale: 'ja-JP', entities: [{ ...clientInfo, timezone: 'UTC' }] },
      inTokyo,
    ],
    [
      'clientInfo, where the activity says nonsense',
      { localTimezone: 'Mars', locale: 'ja-JP', entities: [clientInfo] },
      inTokyo,
    ],
    ['a zone alone', { localTimezone: 'Asia/Tokyo' }, { ...inTokyo, locale: '' }],
    ['a language alone, as an installation', { locale: 'ja-JP' }, undefined],
    ['nothing, as a conversationUpdate', {}, undefined],
    ['nonsense', { localTimezone: 7, locale: {}, entities: [null, 'x', { type: 'clientInfo' }] }, undefined],
  ])('is read from %s', (_from, said, expected) => {
    expect(readerIn(said as unknown as Activity)).toEqual(expected);
  });
});
