import { keptDays, type OldKind } from '../../../src/core/ledger/retention.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { forgetOld } from '../../../src/workflow/operate/forget-old.ts';
import { engines } from '../../store/engines.ts';
import { alice, bob, delivery, draft, pendingRequest, personalChat } from '../../store/samples.ts';

const at = new Date('2026-11-21T12:00:00.000Z');
const minuteMs = 60_000;
const dayMs = 86_400_000;

type Store = OpenStore['store'];
type Sample = { readonly keep: (store: Store) => Promise<unknown>; readonly table: string };

const card = { conversationId: '19:c', activityId: '1', audience: 'approvers' } as const;
const decision = { by: bob, at, comment: '' };

/** What becomes old at that moment, and where it is looked for. */
const samples: Readonly<Record<OldKind, Sample>> = {
  'answered-activities': {
    table: 'inbox',
    keep: async (store) => {
      const id = { conversationId: '19:c', activityId: 'activity', correlation: 'c' };
      await store.inbox.keep({ ...id, activity: '{}', receivedAt: at });
      const taken = await store.inbox.take('19:c');
      if (typeof taken === 'object') await store.inbox.settle(taken.sequence, at);
    },
  },
  'reference-tries': {
    table: 'paces',
    // The first wrong one is forgotten by the count after a minute.
    keep: (store) => store.referenceTries.countWrong('a', new Date(at.getTime() - minuteMs)),
  },
  'report-offers': {
    table: 'report_offers',
    keep: (store) =>
      store.reportOffers.save({
        id: 'offer',
        asker: alice,
        period: { fromDay: '2026-11-01', toDay: '2026-11-20' },
        offeredAt: at,
      }),
  },
  'kept-answers': {
    table: 'kept_answers',
    keep: (store) => store.keptAnswers.begin({ callerId: 'a', application: 'b', key: 'c', digest: 'd' }, at),
  },
  'unclaimed-drafts': {
    table: 'unclaimed_drafts',
    keep: (store) =>
      store.unclaimedDrafts.add({
        ...{ id: 'left', application: 'a', recommendation: draft.recommendation, form: {}, scopes: ['/s'] },
        ...{ onBehalfOf: '', createdAt: at, claimedBy: undefined },
      }),
  },
  drafts: { table: 'drafts', keep: (store) => store.drafts.save({ ...draft, createdAt: at }) },
  cleanups: {
    table: 'cleanups',
    keep: (store) =>
      store.cleanups.add({ id: 'c', askerId: 'a', createdAt: at, items: [], orderedAt: undefined, outcomes: {} }),
  },
  readers: {
    table: 'readers',
    keep: (store) => store.readers.keep(alice.objectId, { timeZone: 'Asia/Tokyo', locale: 'ja-JP', hour12: false }, at),
  },
  'home-cards': {
    table: 'home_cards',
    keep: (store) => {
      const none = { kind: 'no-role' } as const;
      const numbers = { toDecide: none, mine: none, endingSoon: none, open: none };
      const place = { objectId: 'a', tenantId: 't', conversationId: 'a:a', activityId: '1' };
      return store.homeCards.keep({ ...place, view: { numbers, countedAt: at, openCountedAt: at } });
    },
  },
  'asked-cards': {
    table: 'asked_cards',
    keep: (store) => store.postedCards.noteAsked({ ...card, askerId: 'a', askedAt: at }),
  },
  'alert-deliveries': {
    table: 'alert_deliveries',
    keep: async (store) => {
      await store.alerts.addDeliveries([delivery('closed')], at);
      await store.alerts.close(['closed'], 'undeliverable', at, 'Teams said no');
    },
  },
  'told-targets': {
    table: 'outbox',
    keep: async (store) => {
      await store.outbox.add([{ target: 'webhooks/soc', about: 'test', content: {} }], at);
      const health = { name: 'webhooks/soc', events: [], order: 'none' } as const;
      await store.outbox.keepTargets([health], at);
      const rows = await store.outbox.take('webhooks/soc', { at, until: at }, 1);
      await store.outbox.close(
        rows.map(({ key }) => key),
        'dead',
        at,
      );
    },
  },
  'lost-chats': {
    table: 'conversations',
    keep: async (store) => {
      await store.conversations.remember(personalChat);
      await store.conversations.markUnreachable(personalChat.id, 'left', at);
    },
  },
  'posted-alerts': {
    table: 'posted_alerts',
    keep: async (store) => {
      const posted = { conversationId: '19:c', activityId: '2' };
      await store.alerts.addDeliveries([delivery('posted', { unitKey: 'unit' })], at);
      await store.postedAlerts.add('posted', posted, delivery('posted').alert, at);
    },
  },
  'posted-cards': {
    table: 'posted_cards',
    keep: async (store) => {
      const terms = { ...pendingRequest('EX-DONE').terms, expiresAt: at };
      await store.requests.add(pendingRequest('EX-DONE', { status: 'expired', decision, terms }));
      await store.postedCards.add({ ...card, reference: 'EX-DONE' });
    },
  },
};

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `what is kept for a while on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      const tables = Object.values(samples).map(({ table }) => table);
      await opened.sqlForJobs.executeSql(`truncate requests, alert_claims, ${tables.join(', ')}`);
    });

    const forgetAt = (now: Date) => forgetOld({ now: () => now, timeZone: 'UTC', database: opened.store });
    const countIn = async (table: string) => {
      const { rows } = await opened.sqlForJobs.executeSql(`select count(*)::int as count from ${table}`);
      return (rows as { count: number }[])[0]?.count;
    };

    it.each(Object.entries(keptDays) as [OldKind, number][])(
      '%s go after %d days and not before',
      async (kind, days) => {
        const { keep, table } = samples[kind];
        await keep(opened.store);

        await forgetAt(new Date(at.getTime() + days * dayMs - minuteMs));
        expect(await countIn(table)).toBe(1);
        await forgetAt(new Date(at.getTime() + (days + 1) * dayMs));
        expect(await countIn(table)).toBe(0);
      },
    );

    it('keeps what is still needed however old it is', async () => {
      const { store } = opened;
      await store.requests.add(pendingRequest('EX-WAIT'));
      await store.postedCards.add({ ...card, reference: 'EX-WAIT' });
      await store.alerts.addDeliveries([delivery('open')], at);
      await store.conversations.remember(personalChat);
      await store.conversations.remember({ ...personalChat, id: '19:c', kind: 'channel', objectId: undefined });
      await store.conversations.markUnreachable('19:c', 'gone', at);
      const rowsOfLedger = await countIn('ledger');

      await forgetAt(new Date(at.getTime() + 3650 * dayMs));

      expect(await store.requests.find('EX-WAIT')).toBeDefined();
      expect(await store.postedCards.of('EX-WAIT')).toHaveLength(1);
      expect(await countIn('alert_deliveries')).toBe(1);
      expect(await countIn('conversations')).toBe(2);
      expect(await countIn('ledger')).toBe(rowsOfLedger);
    });

    it('is looked at once a day', async () => {
      await forgetAt(new Date(at.getTime() + 40 * dayMs));
      await opened.store.drafts.save({ ...draft, createdAt: at });
      await forgetAt(new Date(at.getTime() + 40 * dayMs + minuteMs));

      expect(await countIn('drafts')).toBe(1);
    });
  });
}
