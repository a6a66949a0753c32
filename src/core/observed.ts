/** An event that an operator counts. Contains no names, texts or ids of people. */
export type Observed =
  /** An activity from Teams and the HTTP status of its answer. */
  | { readonly what: 'activity'; readonly type: string; readonly status: number }
  /** A call of the API and the HTTP status of its answer; nobody: without a valid token. */
  | { readonly what: 'api'; readonly caller: 'person' | 'application' | 'nobody'; readonly status: number }
  /** An event of a request, named as in the ledger. */
  | { readonly what: 'decision'; readonly event: string; readonly reference: string }
  /** One answer from Azure; status 0 for none. `left` is how many queries Resource Graph still allows before it makes callers wait. */
  | {
      readonly what: 'azure-call';
      readonly service: 'resource-graph' | 'resource-manager' | 'microsoft-graph' | 'other';
      readonly method: string;
      readonly status: number;
      readonly milliseconds: number;
      readonly left: number | undefined;
    }
  | {
      readonly what: 'alert';
      readonly outcome: 'sent' | 'undeliverable' | 'unwanted' | 'put-back';
      readonly count: number;
    }
  /** The outcome of telling a target of a connection. */
  | {
      readonly what: 'told';
      readonly target: string;
      readonly outcome: 'sent' | 'unwanted' | 'retry' | 'ambiguous' | 'dead' | 'off';
      readonly count: number;
    }
  /** Subscriptions that one answer had to leave out, because nobody could tell what is denied there. */
  | { readonly what: 'unread'; readonly subscriptions: number }
  /** Rows in a nightly sample that lists have otherwise than Azure; 0 too. */
  | { readonly what: 'mirror-drift'; readonly part: string; readonly rows: number }
  /** A sweep that read all exemptions, or found by their change times that nothing changed. */
  | { readonly what: 'sweep'; readonly milliseconds: number; readonly way: 'all' | 'compared' };

/** Records an event; never fails and never waits. */
export type Observe = (observed: Observed) => void;
