import type { AlertStore } from '../alert/alert-delivery.ts';
import type { CleanupStore } from '../inventory/cleanup.ts';
import type { ConversationStore } from '../chat/conversation.ts';
import type { ClaimStore } from '../request/exemption-claims.ts';
import type { DraftStore, UnclaimedDrafts } from '../request/draft.ts';
import type { KeptAnswers } from '../chat/kept-answers.ts';
import type { HomeCardStore } from '../chat/home-view.ts';
import type { KeptReaders } from '../chat/reader-time.ts';
import type { Inbox } from '../chat/inbox.ts';
import type { ReferenceTries } from '../chat/reference-tries.ts';
import type { JobQueue } from './job-queue.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Outbox } from '../connection/outbox.ts';
import type { PostedAlerts } from '../chat/posted-alert.ts';
import type { PostedCardStore } from '../chat/posted-card.ts';
import type { SwitchStore } from '../request/read-only.ts';
import type { ReportOfferStore } from '../report/report-offer.ts';
import type { RequestStore } from '../request/kept-requests.ts';
import type { GapStore } from '../inventory/kept-gaps.ts';
import type { LeftoverStore } from '../inventory/leftovers.ts';
import type { ListingStore } from '../inventory/listing-filter.ts';
import type { ResourceStandingsSource } from '../mirror/resource-standings.ts';
import type { ResourceSearch } from '../mirror/kept-resource.ts';
import type { MirrorStore } from '../mirror/mirror.ts';
import type { OldData } from '../ledger/retention.ts';
import type { SeenStore } from '../inventory/seen-exemption.ts';
import type { SubscriptionStore } from '../alert/subscription.ts';
import type { SweepStore } from '../inventory/sweep.ts';
import type { WrittenStore } from '../inventory/written-exemption.ts';
import type { WriteStepStore } from '../request/write-step.ts';

/** Everything that is stored. */
export type Store = {
  readonly requests: RequestStore;
  /** Which request holds an exemption, and which may write it next. */
  readonly claims: ClaimStore;
  readonly drafts: DraftStore;
  readonly unclaimedDrafts: UnclaimedDrafts;
  /** The answers to changes that other programs asked for. */
  readonly keptAnswers: KeptAnswers;
  readonly reportOffers: ReportOfferStore;
  readonly ledger: Ledger;
  readonly conversations: ConversationStore;
  readonly subscriptions: SubscriptionStore;
  readonly postedCards: PostedCardStore;
  readonly homeCards: HomeCardStore;
  readonly readers: KeptReaders;
  readonly postedAlerts: PostedAlerts;
  readonly alerts: AlertStore;
  readonly sweeps: SweepStore;
  readonly seen: SeenStore;
  readonly listings: ListingStore;
  readonly written: WrittenStore;
  readonly leftovers: LeftoverStore;
  readonly gaps: GapStore;
  readonly mirror: MirrorStore;
  readonly resourceSearch: ResourceSearch;
  readonly resourceStandings: ResourceStandingsSource;
  readonly writeSteps: WriteStepStore;
  readonly cleanups: CleanupStore;
  readonly switches: SwitchStore;
  readonly oldData: OldData;
  readonly outbox: Outbox;
  readonly jobs: JobQueue;
  readonly inbox: Inbox;
  readonly referenceTries: ReferenceTries;
};

export type Database = Store & {
  /** All or nothing. Do not call Azure or Teams inside: on the embedded engine everything else waits for it. */
  readonly transaction: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
};
