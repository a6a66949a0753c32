import { everyLedgerRow } from '../../../scripts/soak/kept/every-ledger-row.ts';
import { asPerson } from '../../../src/core/person.ts';
import { rebuildRequests } from '../../../src/core/ledger/rebuild-requests.ts';
import { recordOf } from '../../../src/core/ledger/request-record.ts';
import { withApproval } from '../../../src/core/request/request.ts';
import type { Store } from '../../../src/core/desk/store.ts';
import { everyAlert } from '../../../src/core/alert/subscription.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { changeRequest } from '../../../src/workflow/record/change-request.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import { forgetPerson } from '../../../src/workflow/ledger/forget-person.ts';
import { engines } from '../../store/engines.ts';
import { alert, alice, bob, delivery, draft, pendingRequest, personalChat } from '../../store/samples.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const at = new Date('2026-11-21T12:00:00.000Z');
const comment = 'Fine, says the approver';

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `somebody who is to be forgotten on ${engine}`, () => {
    let opened: OpenStore;
    let sent: string[];
    let sendFails: boolean;

    const jobs: Store['jobs'] = {
      send: async (name, data) => {
        if (sendFails) throw new Error('The job queue is gone.');
        sent.push(`${name} ${'reference' in data ? data.reference : ''}`);
      },
      deliverAlertsIn: async () => undefined,
      health: () => Promise.reject(new Error('Nobody asks here.')),
    };
    const desk = () =>
      ({
        now: () => at,
        database: {
          ...opened.store,
          jobs,
          transaction: (work: (store: Store) => Promise<unknown>) =>
            opened.transaction((store) => work({ ...store, jobs })),
        },
      }) as Desk;
    const run = (statement: string) => opened.sqlForJobs.executeSql(statement);
    /** Everything in the database, as text. */
    const everything = async (): Promise<string> => {
      const { rows } = await run(
        `select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`,
      );
      const texts = [];
      for (const { name } of rows as { name: string }[]) {
        texts.push(JSON.stringify((await run(`select t::text as text from ${name} t`)).rows));
      }
      return texts.join('\n');
    };
    const add = async (reference: string, requester = alice) => {
      const request = pendingRequest(reference, { requester });
      await opened.store.requests.add(request);
      await opened.store.ledger.append({
        at: request.createdAt,
        actor: asPerson(requester),
        reference,
        event: 'requested',
        from: undefined,
        to: 'pending',
        ...recordOf(request, undefined),
      });
      return request;
    };
    const approve = async (reference: string) => {
      const before = (await opened.store.requests.find(reference))!;
      const after = withApproval(before, { by: bob, at, comment }, 'UTC');
      await changeRequest(desk(), { before, after, actor: asPerson(bob), event: 'approved', text: comment });
    };

    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      sent = [];
      sendFails = false;
      await run(
        'truncate requests, ledger, ledger_texts, drafts, report_offers, conversations, subscriptions, alert_deliveries, readers',
      );
      await add('EX-AAAA');
      await add('EX-BBBB', { ...alice, objectId: 'cccccccc-0000-0000-0000-000000000003', name: 'Carol Clark' });
      await approve('EX-AAAA');
      await opened.store.drafts.save(draft);
      const period = { fromDay: '2026-11-01', toDay: '2026-11-30' };
      await opened.store.reportOffers.save({ id: 'offer', asker: alice, period, offeredAt: at });
      await opened.store.conversations.remember({ ...personalChat, name: alice.name });
      await opened.store.readers.keep(alice.objectId, { timeZone: 'Asia/Tokyo', locale: 'ja-JP', hour12: false }, at);
      const subscription = {
        channelId: 'c',
        kind: 'alerts',
        scope: '/',
        filter: everyAlert,
        subscribedBy: alice,
        subscribedAt: at,
      } as const;
      await opened.store.subscriptions.save(subscription);
      const facts = [{ label: 'Requested by', text: `${alice.name}, approved by ${bob.name}` }];
      const words = pendingRequest('').terms.justification;
      const { reason } = pendingRequest('').terms;
      const about = { channelId: 'c', alert: { ...alert, facts, words, reason } };
      const ids = ['open', 'undeliverable', 'closed'];
      await opened.store.alerts.addDeliveries(
        ids.map((id) => delivery(id, about)),
        at,
      );
      await opened.store.alerts.close(['undeliverable'], 'undeliverable', at, 'Gone');
      await opened.store.alerts.close(['closed'], 'sent', at);
      sent = [];
    });

    it('leaves no name and no word behind, and the ledger is whole', async () => {
      const { name, justification, reason } = pendingRequest('').terms;
      const [evidence] = reason?.evidence ?? [];
      expect(await everything()).toContain(evidence?.text.slice(-8));
      await run(`delete from requests where reference = 'EX-BBBB'; update ledger set reference = null where false`);
      await run(`delete from ledger_texts where sequence = 2`);
      await opened.store.ledger.append({
        at,
        actor: { kind: 'job', name: 'test' },
        reference: undefined,
        event: 'forgotten',
        from: undefined,
        to: undefined,
        text: '',
        facts: { person: 'cccccccc-0000-0000-0000-000000000003' },
      });

      const done = await forgetPerson(desk(), alice.objectId.toUpperCase());

      const left = await everything();
      expect(
        [
          alice.name,
          name,
          justification.slice(0, 12),
          draft.form.justification,
          String(evidence?.text.slice(-8)),
        ].filter((text) => left.includes(text)),
      ).toEqual([]);
      expect(left).toContain(comment);
      expect(done).toMatchObject({ ledgerRows: 1, requests: ['EX-AAAA'], drafts: 2, subscriptions: 1, chats: 1 });
      expect(await opened.store.readers.of(alice.objectId)).toBeUndefined();
      expect(await opened.store.ledger.verify()).toBeUndefined();
    });

    it('leaves the words of others alone, and draws the cards of their requests anew', async () => {
      await forgetPerson(desk(), bob.objectId);

      const request = await opened.store.requests.find('EX-AAAA');
      expect(request).toMatchObject({
        version: 3,
        status: 'approved',
        requester: alice,
        terms: pendingRequest('').terms,
        approvals: [{ by: { ...bob, name: 'somebody (erased)' }, comment: '' }],
        decision: { by: { ...bob, name: 'somebody (erased)' }, comment: '' },
      });
      expect(sent).toEqual(['publish-request EX-AAAA']);
      const kept = await opened.store.alerts.take('c', { at, until: at }, 5);
      expect(kept?.deliveries).toMatchObject([
        {
          alert: {
            facts: [{ text: `${alice.name}, approved by somebody (erased)` }],
            words: pendingRequest('').terms.justification,
          },
        },
      ]);
    });

    it('is forgotten in what the ledger tells of the requests as well', async () => {
      await forgetPerson(desk(), alice.objectId);
      await forgetPerson(desk(), bob.objectId);

      const kept = await everyRequest(opened.store.requests);
      const rebuilt = rebuildRequests(await everyLedgerRow(opened.store.ledger));
      expect(rebuilt).toHaveLength(2);
      for (const request of rebuilt) expect(kept).toContainEqual(expect.objectContaining(request));
    });

    it('is told from somebody of whom nothing is kept, such as one who was forgotten before', async () => {
      await forgetPerson(desk(), alice.objectId);
      const head = await opened.store.ledger.head();

      await expect(forgetPerson(desk(), alice.objectId)).rejects.toMatchObject({ code: 'not-found' });
      expect(await opened.store.ledger.head()).toEqual(head);
    });

    it('is forgotten altogether or not at all', async () => {
      const before = await everything();
      sendFails = true;

      await expect(forgetPerson(desk(), alice.objectId)).rejects.toThrow('The job queue is gone.');

      expect(await everything()).toBe(before);
    });
  });
}
