/** Something that an operator counts. No names, no texts and no ids of people. */
export type Observed =
  /** What Teams sent, and the HTTP status that it got. */
  | { readonly what: 'activity'; readonly type: string; readonly status: number }
  /** What became of a request, as the ledger calls it. */
  | { readonly what: 'decision'; readonly event: string; readonly reference: string }
  /** One answer of Azure; status 0: none came. `left` is how many questions Resource Graph allows before it makes us wait. */
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
  | { readonly what: 'sweep'; readonly milliseconds: number };

/** Takes note of something; never fails and never waits. */
export type Observe = (observed: Observed) => void;
