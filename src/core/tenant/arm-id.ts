/** The four levels at which Azure Policy accepts an exemption. */
export type ScopeKind = 'management-group' | 'subscription' | 'resource-group' | 'resource';

const managementGroupPrefix = '/providers/microsoft.management/managementgroups/';

/** The form for comparisons and keys: lower case, no trailing slash. Azure returns the same id in several casings. */
export const normalId = (id: string): string => id.trim().toLowerCase().replace(/\/+$/, '');

export const sameId = (a: string, b: string): boolean => normalId(a) === normalId(b);

/** True when `id` is `scope` or lies below it by path segments: `/…/vm10` is not under `/…/vm1`. Management groups contain nothing by path; see hierarchy.ts. */
export const isAtOrUnder = (id: string, scope: string): boolean => {
  const [inner, outer] = [normalId(id), normalId(scope)];
  return inner === outer || inner.startsWith(`${outer}/`);
};

/** Throws RangeError for a text that is not an ARM scope. */
export const scopeKind = (scope: string): ScopeKind => {
  const id = normalId(scope);
  if (id.startsWith(managementGroupPrefix) && !id.slice(managementGroupPrefix.length).includes('/'))
    return 'management-group';
  const parts = id.split('/');
  if (parts[1] !== 'subscriptions' || parts[2] === undefined || parts[2] === '')
    throw new RangeError(`Not an ARM scope: ${scope}`);
  if (parts.length === 3) return 'subscription';
  if (parts[3] === 'resourcegroups' && parts.length === 5) return 'resource-group';
  return 'resource';
};

export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

export const managementGroupId = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;

export const subscriptionId = (guid: string): string => `/subscriptions/${guid}`;

/** The last segment of an id. Readings of a large tenant ask for hundreds of thousands, so nothing is split. */
export const nameOf = (id: string): string => {
  let end = id.length;
  while (id[end - 1] === '/') end -= 1;
  return end === 0 ? '' : id.slice(id.lastIndexOf('/', end - 1) + 1, end);
};

/** `/subscriptions/{id}` of anything inside a subscription, in the casing given; undefined for management groups and the tenant. */
export const subscriptionOf = (id: string): string | undefined => {
  const parts = id.split('/');
  return parts[1]?.toLowerCase() === 'subscriptions' && (parts[2] ?? '') !== ''
    ? parts.slice(0, 3).join('/')
    : undefined;
};

/** The GUID of that subscription, in lower case. */
export const subscriptionGuidOf = (id: string): string | undefined => {
  const subscription = subscriptionOf(normalId(id));
  return subscription === undefined ? undefined : nameOf(subscription);
};

export const resourceGroupOf = (id: string): string | undefined => {
  const parts = id.split('/');
  return parts[3]?.toLowerCase() === 'resourcegroups' && (parts[4] ?? '') !== ''
    ? parts.slice(0, 5).join('/')
    : undefined;
};

/** `Microsoft.Sql/servers/databases` of a resource id; undefined for anything else. */
export const resourceTypeOf = (id: string): string | undefined => {
  const parts = id.split('/').slice(1);
  const start = parts.findLastIndex((part) => part.toLowerCase() === 'providers');
  if (start < 0 || normalId(id).startsWith(managementGroupPrefix)) return undefined;
  const [namespace, ...typesAndNames] = parts.slice(start + 1);
  return [namespace, ...typesAndNames.filter((_, index) => index % 2 === 0)].join('/');
};

/**
 * The scopes inside a subscription that contain `id`, nearest first and including itself: resource, parent resources, resource group,
 * subscription.
 */
export const scopesAbove = (id: string): string[] => {
  const parts = id.replace(/\/+$/, '').split('/');
  const isAt = (index: number, word: string): boolean => parts[index]?.toLowerCase() === word;
  const upTo = (end: number): string => parts.slice(0, end).join('/');
  const isNamed = (index: number): boolean => (parts[index] ?? '') !== '';
  const around = [
    ...(isAt(3, 'resourcegroups') && isNamed(4) ? [upTo(5)] : []),
    ...(isAt(1, 'subscriptions') && isNamed(2) ? [upTo(3)] : []),
  ];
  let end = around.length === 2 ? 5 : 3;
  if (!isAt(end, 'providers')) return around;
  const resources: string[] = [];
  for (;;) {
    end += isAt(end, 'providers') ? 4 : 2;
    if (end > parts.length) return [...resources.reverse(), ...around];
    resources.push(upTo(end));
  }
};

/** True for the full id of a management group, subscription, resource group or resource. */
export const isScope = (text: string): boolean =>
  [...scopesAbove(text).slice(0, 1), managementGroupId(nameOf(text))].some((scope) => sameId(scope, text));

/** The scope of an extension resource (an exemption, an assignment, an assessment): everything before its last `/providers/`. */
export const scopeOfExtension = (id: string): string =>
  id.slice(0, Math.max(0, id.toLowerCase().lastIndexOf('/providers/')));
