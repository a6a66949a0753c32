/** A token bucket: `burst` at once, then one after each pause. In any span it lets through at most `burst + span / everyMs`. */
export type Bucket = { readonly everyMs: number; readonly burst: number };

/** How fast Exemption Desk may post on its own. */
export type PaceLimits = {
  /** Limits for one conversation; all of them apply. */
  readonly conversation: readonly Bucket[];
  /** The limit for all conversations together. */
  readonly all: Bucket;
};

/**
 * Teams allows a bot 7 messages in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour in one conversation, and 50 requests in 1 s in a tenant.
 * Posting uses about half of that; the rest is left for answers to people, which do not wait.
 */
export const teamsPace: PaceLimits = {
  conversation: [
    { everyMs: 1000, burst: 5 },
    { everyMs: 3000, burst: 500 },
  ],
  all: { everyMs: 40, burst: 15 },
};

type Turn = {
  /** Milliseconds to wait for the turn. */
  readonly waitMs: number;
  /** False: it would take too long, so the turn is left to others. */
  readonly taken: boolean;
};

/** The pace of posting, shared by all replicas. */
export type Pace = {
  /** Takes a turn, unless its own conversation makes it wait longer than `patienceMs`. */
  readonly takeTurn: (conversationId: string, patienceMs: number) => Promise<Turn>;
  /** Teams asked to wait: blocks turns in that conversation for this time. */
  readonly hold: (conversationId: string, ms: number) => Promise<void>;
};

/** The time until which a bucket is booked, in milliseconds since 1970. It lets through a turn if that time is ahead by no more than its burst. */
type Booked = { readonly bucket: Bucket; readonly until: number };

/** How long everybody waits for the limit that all conversations share. */
const sharedPatienceMs = 2000;

const waitFor = ({ bucket, until }: Booked, now: number): number =>
  Math.max(0, until - (bucket.burst - 1) * bucket.everyMs - now);

/** Computes one turn: the wait, and the new bookings of the buckets. Undefined if the wait would be too long. */
export const takeTurn = (
  { conversation, all }: { readonly conversation: readonly Booked[]; readonly all: Booked },
  now: number,
  patienceMs: number,
): { readonly waitMs: number; readonly booked: { conversation: number[]; all: number } | undefined } => {
  const own = Math.max(...conversation.map((booked) => waitFor(booked, now)));
  const shared = waitFor(all, now);
  const waitMs = Math.max(own, shared);
  if (own > patienceMs || shared > Math.max(patienceMs, sharedPatienceMs)) return { waitMs, booked: undefined };
  return {
    waitMs,
    booked: {
      conversation: conversation.map(({ bucket, until }) => Math.max(now + waitMs, until) + bucket.everyMs),
      // A turn that waits for its own conversation must not delay the others.
      all: Math.max(now, all.until) + all.bucket.everyMs,
    },
  };
};
