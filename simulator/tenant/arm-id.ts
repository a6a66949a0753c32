/** ARM ids differ only by case in many answers of Azure; this is the form for comparisons. */
export const normalised = (id: string): string => {
  const lower = id.toLowerCase();
  return lower.endsWith('/') ? lower.replace(/\/+$/, '') : lower;
};

export const sameId = (left: string, right: string): boolean => normalised(left) === normalised(right);

const endAfter = (id: string, start: number, segments: number): number => {
  let end = start;
  for (let passed = 0; passed < segments && end < id.length; passed += 1) {
    const next = id.indexOf('/', end + 1);
    end = next < 0 ? id.length : next;
  }
  return end;
};

/** Every level of an id, outermost first: subscription, resource group, resource, child resource, extension. Those that end before `from` are left out. */
export const levelsOf = (id: string, from = 0): readonly string[] => {
  const levels: string[] = [];
  let end = from;
  while (end < id.length) {
    const isProvider = /^providers(\/|$)/i.test(id.slice(end + 1, end + 11));
    end = endAfter(id, end, isProvider ? 4 : 2);
    levels.push(id.slice(0, end));
  }
  return levels;
};

/** The id of the resource group that an id in lower case is of or in; undefined outside of groups. */
export const groupIdIn = (id: string): string | undefined => {
  if (!id.startsWith('/subscriptions/')) return undefined;
  const end = id.indexOf('/', '/subscriptions/'.length);
  return end >= 0 && id.startsWith('/resourcegroups/', end) ? id.slice(0, endAfter(id, end, 2)) : undefined;
};

/** The scope of an extension such as an exemption or a role assignment. */
export const scopeOfExtension = (id: string): string => id.slice(0, Math.max(id.lastIndexOf('/providers/'), 0));

export const lastSegment = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

export const subscriptionIdOf = (id: string): string => /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? '';

export const resourceGroupOf = (id: string): string =>
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '';

export const managementGroupId = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;

export const extensionId = (scope: string, type: string, name: string): string => `${scope}/providers/${type}/${name}`;
