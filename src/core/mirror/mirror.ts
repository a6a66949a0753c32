import type { MirrorReading } from './mirror-health.ts';
import type { MirrorPart } from './mirror-lives.ts';

/** A value as Azure showed it at `asOf`. It is for lists: whatever decides or writes asks Azure itself. */
export type Mirrored<Value> = { readonly value: Value; readonly asOf: Date };

/** A row as Azure returned it, under the key by which lists look it up. */
export type MirrorRow = { readonly key: string; readonly data: unknown };

/** A completed reading of one slice of a part. `batch` changes only if the rows changed. */
export type MirrorBatch = { readonly slice: string; readonly batch: string; readonly readAt: Date };

/** What is kept of the tenant. It can be emptied at any time and fills itself again. Slices and keys are in lower case. */
export type MirrorStore = {
  /** The completed readings of a part. A part that is read as a whole has one slice, the empty text. With slices: only of those. */
  readonly batches: (part: MirrorPart, slices?: readonly string[]) => Promise<MirrorBatch[]>;
  /** The completed readings of every part, in one question. */
  readonly allBatches: () => Promise<(MirrorBatch & { readonly part: MirrorPart })[]>;
  /** The rows of completed readings; with keys, those under one of them. Slice by slice, in the order in which they were read. */
  readonly rows: (part: MirrorPart, keys?: readonly string[]) => Promise<unknown[]>;
  /** The rows of the completed reading of a slice, as they were read. */
  readonly inSlice: (part: MirrorPart, slice: string) => Promise<unknown[]>;
  /** Replaces a slice, all or nothing: until it has returned, the former rows count. Equal rows only get the new time. */
  readonly replace: (part: MirrorPart, slice: string, rows: readonly MirrorRow[], at: Date) => Promise<void>;
  /** How much was read of each part of which anything was read. */
  readonly readings: () => Promise<MirrorReading[]>;
  /** Removes what readings left that did not end, and gives back the room of replaced rows. */
  readonly tidy: () => Promise<void>;
  /** Removes every slice of a part that is not among these. */
  readonly keepOnly: (part: MirrorPart, slices: readonly string[]) => Promise<void>;
};

/** Reads from Azure what the mirror keeps. Each throws GovernanceError unavailable, and then nothing of it may be kept. */
export type MirrorSource = {
  /** The slices that a part consists of now; one empty text for a part that is read as a whole. */
  readonly slices: (part: MirrorPart) => Promise<readonly string[]>;
  readonly read: (part: MirrorPart, slice: string) => Promise<MirrorRow[]>;
};
