import type { IncomingMessage } from 'node:http';
import type { Tenant } from '../../tenant/tenant.ts';
import { ArmError } from './arm-error.ts';
import { callerOf } from './caller.ts';
import type { Answer, Route } from './route.ts';

const requireApiVersion = (route: Route, given: string | null): string => {
  if (route.apiVersions.length === 0) return '';
  if (given === null)
    throw new ArmError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  if (!route.apiVersions.includes(given))
    throw new ArmError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${given}' is invalid. The supported versions are '${route.apiVersions.join(',')}'.`,
    );
  return given;
};

/** The product asks Azure under its own name; a gateway in between says what it was called. */
const originOf = ({ headers }: IncomingMessage): string => {
  const host = headers['x-forwarded-host'];
  return `https://${typeof host === 'string' && host !== '' ? host : 'management.azure.com'}`;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ArmError(400, 'InvalidRequestUri', 'The path is not readable.');
  }
};

type Routing = {
  readonly tenant: Tenant;
  readonly routes: readonly Route[];
  /** Reads the JSON of the request; throws an ArmError for a body that the service would refuse. */
  readonly body: () => Promise<unknown>;
};

/** Finds the route of a request and runs it for its caller; throws an ArmError for what it refuses. */
export const answerArm = async (
  request: IncomingMessage,
  url: URL,
  { tenant, routes, body: bodyOf }: Routing,
): Promise<Answer> => {
  if (url.pathname.includes('//'))
    throw new ArmError(400, 'InvalidRequestUri', `The path '${url.pathname}' has an empty segment.`);
  const method = request.method ?? 'GET';
  const caller = callerOf(tenant, request.headers.authorization);
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(url.pathname) : null;
    if (match === null) continue;
    const apiVersion = requireApiVersion(route, url.searchParams.get('api-version'));
    const body = await bodyOf();
    const part = (name: string): string => decoded(match.groups?.[name] ?? '');
    const { searchParams: query, pathname: path } = url;
    return route.handle({ method, part, query, path, origin: originOf(request), apiVersion, body, caller });
  }
  throw new ArmError(404, 'NotFound', `Nothing here answers ${method} ${url.pathname}.`);
};
