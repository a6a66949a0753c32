import type { Activity, TurnContext } from 'botbuilder';
import type { Roster } from '../core/chat/roster.ts';
import type { FairShare } from '../core/fair-share.ts';
import type { Desk } from '../workflow/desk.ts';
import type { FrontDoorLog } from './front-door.ts';
import type { KeepLatePress } from './keep-late-press.ts';
import type { Poster } from './poster.ts';
import type { HeedPlaces } from './roster/heed-places.ts';
import type { SendTargeted } from './teams/send-targeted.ts';
import type { UploadFile } from './teams/upload-file.ts';

export type BotOptions = {
  readonly desk: Desk;
  readonly poster: Poster;
  readonly uploadFile: UploadFile;
  /** Undefined: what is for one person goes to their personal chat. */
  readonly sendTargeted: SendTargeted | undefined;
  readonly roster: Roster;
  readonly places: HeedPlaces;
  readonly allowedTenants: readonly string[];
  readonly allowGuestsToAsk: boolean;
  readonly log: FrontDoorLog;
  /** Runs a new turn for an activity that was already authenticated, even if its first turn has ended. */
  readonly replay: (activity: Activity, run: (context: TurnContext) => Promise<void>) => Promise<void>;
  /** Stores a press before Teams is told that it is worked on, so that another process goes on if this one dies. */
  readonly keepLate: KeepLatePress;
  /** The share of each person in this process. */
  readonly share: FairShare;
  /** The result of the work if it is there within so many milliseconds; undefined if it takes longer. */
  readonly inTime: <Result>(work: Promise<Result>, ms: number) => Promise<Result | undefined>;
  /** Repeats work until the returned function is called. */
  readonly every: (ms: number, work: () => Promise<void>) => () => void;
};
