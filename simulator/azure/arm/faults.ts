export const faultKinds = ['latency', '429', '500', '503', 'reset', 'timeout', 'html'] as const;

/** Something that goes wrong with calls to Azure until it is cleared or used up. */
export type Fault = {
  readonly kind: (typeof faultKinds)[number];
  /** The share of matching calls that it hits, 0 to 1; all by default. The same calls are hit in every run. */
  readonly share?: number;
  /** The number of calls that it hits before it ends; unlimited by default. */
  readonly next?: number;
  /** Only calls whose path or whose question to Resource Graph contains this, ignoring case. */
  readonly match?: string;
  /** Only calls with this method. */
  readonly method?: string;
  /** The delay of the answer, for latency; the value of Retry-After, for 429 and 503. */
  readonly milliseconds?: number;
  /** Executes the call and fails anyway, as if the answer got lost. */
  readonly afterwards?: boolean;
};

/** `query` is the question to Resource Graph; empty for other calls. */
type AzureCall = { readonly method: string; readonly path: string; readonly query: string };
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
  (match === undefined || `${call.path}\n${call.query}`.toLowerCase().includes(match.toLowerCase())) &&
  (method === undefined || method.toUpperCase() === call.method);

/** The current faults. If several hit a call, the one that was added first applies. */
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
    /** The remaining faults, with `next` counted down. */
    all: (): readonly Fault[] =>
      planned.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, next: left } : fault)),
    /** The fault that hits this call; counts it. */
    due: (call: AzureCall): Fault | undefined => {
      const found = planned.find((one) => hits(one, call));
      if (found === undefined) return undefined;
      found.left -= 1;
      planned = planned.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
};
