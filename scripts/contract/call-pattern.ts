export type CallPattern = {
  /** `GET {scope}/providers/Microsoft.Authorization/policyExemptions/{name}`: no names, no ids. */
  readonly call: string;
  /** Empty for a call without one. */
  readonly apiVersion: string;
};

const guid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;

/** Everything before the last `/providers/` is the scope; types and names alternate after it. */
const pathPattern = (path: string): string => {
  const start = path.lastIndexOf('/providers/');
  if (start < 0) return path.replace(/[^/]+/g, (segment) => (guid.test(segment) ? '{id}' : segment));
  const [namespace = '', ...typesAndNames] = path.slice(start + '/providers/'.length).split('/');
  const rest = typesAndNames.map((segment, index) => (index % 2 === 0 ? segment : '{name}'));
  return [start === 0 ? '' : '{scope}', 'providers', namespace, ...rest].join('/');
};

/** The pattern of a call without its target, as docs/azure.md writes it. */
export const callPattern = (method: string, pathOrUrl: string): CallPattern => {
  const url = new URL(pathOrUrl, 'https://management.azure.com');
  return {
    call: `${method} ${pathPattern(url.pathname)}`,
    apiVersion: url.searchParams.get('api-version') ?? '',
  };
};
