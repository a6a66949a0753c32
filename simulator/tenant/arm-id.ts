/** ARM ids differ only by case in many answers of Azure; this is the form for comparisons. */
export const normalised = (id: string): string => {
  const lower = id.toLowerCase();
  return lower.endsWith('/') ? lower.replace(/\/+$/, '') : lower;
};

export const sameId = (left: string, right: string): boolean => normalised(left) === normalised(right);

/** Every level of an id, outermost first: subscription, resource group, resource, child resource, extension. */
export const levelsOf = (id: string): readonly string[] => {
  const segments = id.split('/').slice(1);
  const levels: string[] = [];
  let position = 0;
  while (position < segments.length) {
    position += segments[position]?.toLowerCase() === 'providers' ? 4 : 2;
    levels.push(`/${segments.slice(0, position).join('/')}`);
  }
  return levels;
};

/** The scope of an extension such as an exemption or a role assignment. */
export const scopeOfExtension = (id: string): string => id.slice(0, Math.max(id.lastIndexOf('/providers/'), 0));

export const lastSegment = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

export const subscriptionIdOf = (id: string): string => /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? '';

export const resourceGroupOf = (id: string): string =>
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '';

export const managementGroupId = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;

export const extensionId = (scope: string, type: string, name: string): string => `${scope}/providers/${type}/${name}`;
