import type { AzureService } from '../../../src/core/desk/azure-health.ts';
import { troublesIn, type Status } from '../../../src/core/desk/status.ts';

const now = new Date('2026-11-21T12:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const well: Status = {
  now,
  readOnly: undefined,
  lastSweep: ago(4),
  sweepMinutes: 5,
  blind: undefined,
  azure: [{ service: 'Azure Resource Graph', answeredAt: ago(0), failing: undefined }],
  sweepTook: 1200,
  sweepReading: undefined,
  hiddenGroups: 0,
  readings: [{ part: 'scopes', slices: 1, oldest: ago(14) }],
  subscriptions: 7,
  alerts: { waiting: 1, longestWaitingSince: ago(1), held: 3, sent: 40, unknowns: 2 },
  jobs: { waiting: [{ job: 'publish-request', count: 1, seconds: 5 }], givenUp: 0 },
  cleanupsGivenUp: 0,
  targets: [],
  undelivered: { places: 0, worst: [] },
  unreached: { people: 2, messages: 3 },
  published: { kind: 'container', isReadable: true, last: undefined, isBehind: false, isHeld: true },
};

describe('what an operator should look into', () => {
  it('is nothing where all is well', () => {
    expect(troublesIn(well)).toEqual([]);
  });

  it.each([
    [15, 5],
    [16, 30],
    [90, 30],
    [72 * 60, 1440],
  ])('is no look at Azure %d minutes ago where one is due every %d minutes', (minutesAgo, sweepMinutes) => {
    expect(troublesIn({ ...well, lastSweep: ago(minutesAgo), sweepMinutes })).toEqual([]);
  });

  it('is what lists have to ask Azure for, because it was read too long ago', () => {
    const readings: Status['readings'] = [
      { part: 'role-assignments', slices: 1, oldest: ago(11) },
      { part: 'deny-assignments', slices: 7, oldest: ago(59) },
    ];
    expect(troublesIn({ ...well, readings })).toEqual([
      'Lists are slow, because Azure could not be read for them lately: role assignments.',
    ]);
  });

  const published = { ...well.published, isBehind: true, last: { sequence: 7, hash: 'a', at: ago(181) } };
  it.each<[string, Partial<Status['published']>]>([
    ['has not been published for more than 3 hours', published],
    ['no longer has the head that was published for row 7', { ...published, isHeld: false }],
    ['does not answer', { isReadable: false }],
  ])('is a ledger that %s', (words, heads) => {
    expect(troublesIn({ ...well, published: { ...well.published, ...heads } })).toEqual([
      expect.stringContaining(words),
    ]);
    const onTime = { ...published, last: { ...published.last, at: ago(179) } };
    expect(troublesIn({ ...well, published: onTime })).toEqual([]);
  });

  const unanswered = (service: AzureService, since: number, last: number): Partial<Status> => ({
    azure: [...well.azure, { service, answeredAt: ago(since + 1), failing: { since: ago(since), last: ago(last) } }],
  });

  it.each<[string, Partial<Status>]>([
    [
      'Azure Resource Graph does not answer: until it does, what is open, exempt or about to expire is not known.',
      unanswered('Azure Resource Graph', 0, 0),
    ],
    [
      'Azure Resource Manager has not answered for 7 minutes: until it does, nothing can be decided',
      unanswered('Azure Resource Manager', 7, 1),
    ],
    [
      'Microsoft Graph did not answer when it was last asked, 40 minutes ago: until it does, roles',
      unanswered('Microsoft Graph', 50, 40),
    ],
    ['has not read Azure yet', { lastSweep: undefined }],
    ['Alerts are paused: Azure shows nothing.', { blind: { since: ago(4), reason: 'Azure shows nothing.' } }],
    ['has not read Azure for more than 15 minutes', { lastSweep: ago(16) }],
    ['has not read Azure for more than 15 minutes', { lastSweep: ago(16), sweepMinutes: 1 }],
    ['has not read Azure for more than 90 minutes', { lastSweep: ago(91), sweepMinutes: 30 }],
    ['has not read Azure for more than 72 hours', { lastSweep: ago(72 * 60 + 1), sweepMinutes: 1440 }],
    [
      'An alert has been waiting for more than 15 minutes',
      { alerts: { ...well.alerts, longestWaitingSince: ago(16) } },
    ],
    [
      'A job has been waiting for more than 15 minutes',
      { jobs: { waiting: [{ job: 'apply-request', count: 1, seconds: 901 }], givenUp: 0 } },
    ],
    ['Jobs have failed permanently', { jobs: { waiting: [], givenUp: 1 } }],
    ['alerts could not be delivered', { undelivered: { places: 1, worst: [] } }],
  ])('%s', (sentence, change) => {
    expect(troublesIn({ ...well, ...change })).toEqual([expect.stringContaining(sentence)]);
  });
});
