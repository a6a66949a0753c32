/** One HTTP request below `apiPath`. */
export type ApiCall = {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly authorization: string;
  readonly idempotencyKey: string | undefined;
  /** The JSON that was sent; undefined: none was. */
  readonly body: () => Promise<{ readonly value: unknown } | { readonly status: 400 | 413 | 415 }>;
  /** The id of this request. */
  readonly id: string;
};

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};
