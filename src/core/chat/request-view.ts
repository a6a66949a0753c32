import type { LedgerEvent } from '../ledger/ledger.ts';
import type { ObjectToWrite } from '../plan/objects-to-write.ts';
import type { Reach } from '../plan/reach.ts';
import type { ExemptionRequest } from '../request/request.ts';
import type { FormerTerms } from '../request/terms-change.ts';
import type { ReaderTime } from '../calendar.ts';
import type { ScoreOutlook } from '../score/secure-score.ts';

/** Terms with one readable name for each scope. */
export type ShownFormerTerms = FormerTerms & { readonly scopeLabels: readonly string[] };

/** The request that a renewal takes the place of. */
export type ReplacedTerms = Pick<ExemptionRequest, 'reference' | 'status' | 'terms'>;

/** A request with everything that its cards show. */
export type RequestView = {
  readonly request: ExemptionRequest;
  /** One readable name per scope, in the order of the terms. */
  readonly scopeLabels: readonly string[];
  /** The line about what the request hits; undefined where that is not known. */
  readonly reach?: Reach | undefined;
  /** The first of the objects that it writes to Azure, while it waits. */
  readonly objects?: readonly ObjectToWrite[];
  readonly history: readonly LedgerEvent[];
  /** Where approvers were asked, in words; empty: nobody could be reached. */
  readonly askedIn: readonly string[];
  /** For approvers, while it waits for them. Undefined if unknown, or if not everybody who reads the card may see it. */
  readonly score: ScoreOutlook | undefined;
  /** For approvers, while it waits for them: other exemptions and obstacles, from the current state of Azure. */
  readonly warnings: readonly string[];
  /** Scopes to which an approver may narrow it while it waits, each with its token and a readable name. */
  readonly narrower: readonly { readonly token: string; readonly label: string }[];
  /** How many more there are than `narrower` holds. */
  readonly narrowerUnlisted?: number;
  /** What its terms take the place of; undefined if they are as they were sent and replace nothing. */
  readonly former?: ShownFormerTerms | undefined;
  /** Of a renewal that waits. */
  readonly replaced?: ReplacedTerms | undefined;
  /** The configured zone: ends are days of it, whoever reads. */
  readonly timeZone: string;
  /** In which time the one reader of this copy reads instants; undefined where several people read it. */
  readonly readerTime?: ReaderTime | undefined;
};
