/** A token bucket: so many at once, and then one after each pause. In any span of time it lets at most `burst + span / everyMs` through. */
export type Bucket = { readonly everyMs: number; readonly burst: number };

/** How fast the bot may post by itself. */
export type PaceLimits = {
  /** Of one conversation; all of them hold. */
  readonly conversation: readonly Bucket[];
  /** Of everything together. */
  readonly all: Bucket;
};

/**
 * Teams allows a bot 7 messages in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour for one conversation, and 50 requests in 1 s for a tenant. Half of that
 * or so is ours; the rest is for answers to people, which do not wait.
 */
export const teamsPace: PaceLimits = {
  conversation: [
    { everyMs: 1000, burst: 5 },
    { everyMs: 3000, burst: 500 },
  ],
  all: { everyMs: 40, burst: 15 },
};

type Turn = {
  /** How many milliseconds to wait until then. */
  readonly waitMs: number;
  /** False: it would take too long, so it stays for others. */
  readonly taken: boolean;
};

/** The pace at which the bot posts, shared by all replicas. */
export type Pace = {
  /** Takes a turn, if its own conversation does not make one wait longer than the patience. */
  readonly takeTurn: (conversationId: string, patienceMs: number) => Promise<Turn>;
  /** Teams asked to wait: nobody gets a turn in that conversation meanwhile. */
  readonly hold: (conversationId: string, ms: number) => Promise<void>;
};

/** Until when a bucket is booked, in milliseconds since 1970; it lets through what does not lie ahead of that by more than its burst. */
type Booked = { readonly bucket: Bucket; readonly until: number };

/** How long everybody puts up with all the others. */
const sharedPatienceMs = 2000;

const waitFor = ({ bucket, until }: Booked, now: number): number =>
  Math.max(0, until - (bucket.burst - 1) * bucket.everyMs - now);

/** One turn: the wait until then, and until when the buckets are booked with it; undefined where nobody wants to wait that long. */
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
      // Others must not wait for one who waits for its own conversation.
      all: Math.max(now, all.until) + all.bucket.everyMs,
    },
  };
};
