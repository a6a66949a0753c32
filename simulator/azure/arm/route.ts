import type { Assessments } from '../../tenant/assessments.ts';
import type { Principal, Tenant } from '../../tenant/tenant.ts';

export type World = { readonly tenant: Tenant; readonly assessments: Assessments };

export type Call = {
  readonly method: string;
  /** Percent-decoded parts of the path, by the names in the route's pattern; '' for an optional part that is missing. */
  readonly part: (name: string) => string;
  readonly query: URLSearchParams;
  /** The path as it came, for the next page's link. */
  readonly path: string;
  /** Where the caller reached Azure, for the same link: `https://management.azure.com`, or the address of a gateway before it. */
  readonly origin: string;
  readonly apiVersion: string;
  readonly body: unknown;
  readonly caller: Principal;
};

export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A page instead of JSON, as a gateway in between answers. */
  readonly html?: string;
};

export type Route = {
  readonly method: string;
  readonly pattern: RegExp;
  /** Empty where the service takes no api-version. */
  readonly apiVersions: readonly string[];
  readonly handle: (call: Call) => Answer | Promise<Answer>;
};

/** The pattern of `{scope}/providers/{type}`, case-insensitive as ARM is. */
export const listOf = (type: string): RegExp =>
  new RegExp(`^(?<scope>.*)/providers/${type.replaceAll('.', '\\.')}$`, 'i');

/** The pattern of `{scope}/providers/{type}/{name}`. */
export const itemOf = (type: string): RegExp =>
  new RegExp(`^(?<scope>.*)/providers/${type.replaceAll('.', '\\.')}/(?<name>[^/]+)$`, 'i');
