export type Schema = Readonly<Record<string, unknown>>;

/** A call as Microsoft publishes it for one API version, as small as the calls of the product need it. */
export type Shape = {
  /** As docs/azure.md writes it. */
  readonly call: string;
  /** Empty for Microsoft Graph, whose version stands in the path. */
  readonly apiVersion: string;
  /** The published definition from which it is derived: repository, path and commit. */
  readonly source: string;
  /** The query parameters other than the API version, all optional unless listed in `needs`. */
  readonly query?: Readonly<Record<string, Schema>>;
  readonly needs?: readonly string[];
  /** Undefined: the call has no body. */
  readonly body?: Schema;
  /** What the published definition says of the last segment of the path, decoded. */
  readonly name?: Schema;
};

export const text: Schema = { type: 'string' };
export const texts: Schema = { type: 'array', items: text };
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** An object with these members and no others. */
export const objectOf = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const specs = 'github.com/Azure/azure-rest-api-specs specification';
/** A file of Microsoft's API specifications, below `specification`, at a commit. */
export const specAt = (path: string, commit: string): string => `${specs}/${path} @${commit}`;
