import type { AlertStore } from './alert-delivery.ts';
import type { CleanupStore } from './cleanup.ts';
import type { ConversationStore } from './conversation.ts';
import type { DraftStore } from './draft.ts';
import type { Inbox } from './inbox.ts';
import type { JobQueue } from './job-queue.ts';
import type { Ledger } from './ledger.ts';
import type { PostedCardStore } from './posted-card.ts';
import type { SwitchStore } from './read-only.ts';
import type { ReportOfferStore } from './report-offer.ts';
import type { RequestStore } from './request-store.ts';
import type { OldData } from './retention.ts';
import type { SeenStore } from './seen-exemption.ts';
import type { SubscriptionStore } from './subscription.ts';
import type { SweepStore } from './sweep.ts';
import type { WriteStepStore } from './write-step.ts';

/** Everything that is kept. */
export type Store = {
  readonly requests: RequestStore;
  readonly drafts: DraftStore;
  readonly reportOffers: ReportOfferStore;
  readonly ledger: Ledger;
  readonly conversations: ConversationStore;
  readonly subscriptions: SubscriptionStore;
  readonly postedCards: PostedCardStore;
  readonly alerts: AlertStore;
  readonly sweeps: SweepStore;
  readonly seen: SeenStore;
  readonly writeSteps: WriteStepStore;
  readonly cleanups: CleanupStore;
  readonly switches: SwitchStore;
  readonly oldData: OldData;
  readonly jobs: JobQueue;
  readonly inbox: Inbox;
};

export type Database = Store & {
  /** All or nothing. No call to Azure or Teams inside: on the embedded engine everything else waits meanwhile. */
  readonly transaction: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
};
