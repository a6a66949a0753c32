export const faultKinds = ['latency', '429', '500', '503', 'reset', 'timeout', 'html'] as const;

/** Something that goes wrong with calls to Azure until it is cleared or used up. */
export type Fault = {
  readonly kind: (typeof faultKinds)[number];
  /** The share of the fitting calls that it hits, 0 to 1; all of them by default. Which ones is the same in every run. */
  readonly share?: number;
  /** How many calls it hits before it is over; no end by default. */
  readonly next?: number;
  /** Only calls whose path holds this, without regard to case. */
  readonly match?: string;
  /** Only calls with this method. */
  readonly method?: string;
  /** How late the answer is, for latency; what Retry-After says, for 429 and 503. */
  readonly milliseconds?: number;
  /** Does what was asked and fails all the same, as when an answer gets lost. */
  readonly afterwards?: boolean;
};

type AzureCall = { readonly method: string; readonly path: string };
type Planned = { readonly fault: Fault; readonly dice: () => number; left: number };

export type Faults = ReturnType<typeof createFaults>;

/** Mulberry32: numbers from 0 to 1 that come in the same order for the same seed. */
const createDice = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const fits = ({ match, method }: Fault, call: AzureCall): boolean =>
  (match === undefined || call.path.toLowerCase().includes(match.toLowerCase())) &&
  (method === undefined || method.toUpperCase() === call.method);

/** The faults of the moment. Of several that hit a call, the one that was added first wins. */
export const createFaults = () => {
  let planned: readonly Planned[] = [];
  const hits = ({ fault, dice }: Planned, call: AzureCall): boolean =>
    fits(fault, call) && (fault.share === undefined || dice() < fault.share);
  return {
    add: (fault: Fault): void => {
      planned = [...planned, { fault, dice: createDice(planned.length + 1), left: fault.next ?? Infinity }];
    },
    clear: (): void => {
      planned = [];
    },
    /** What is still to come, with `next` counted down. */
    all: (): readonly Fault[] =>
      planned.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, next: left } : fault)),
    /** The fault that hits this call, which uses it up by one. */
    due: (call: AzureCall): Fault | undefined => {
      const found = planned.find((one) => hits(one, call));
      if (found === undefined) return undefined;
      found.left -= 1;
      planned = planned.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
};
