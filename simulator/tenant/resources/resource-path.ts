import { lastSegment } from '../arm-id.ts';
import type { Resource, ResourceGroup } from '../tenant.ts';

/** `a/b/name/c/child` names a resource of type `a/b/c`. */
const typeOf = (path: string): string => {
  const [provider, ...pairs] = path.split('/');
  return [provider, ...pairs.filter((_, position) => position % 2 === 0)].join('/');
};

const kindOf = (path: string): string => {
  if (path.startsWith('Microsoft.Web/sites/')) return lastSegment(path).startsWith('func-') ? 'functionapp' : 'app';
  return path.startsWith('Microsoft.Storage/') ? 'StorageV2' : '';
};

/** The resource that a path such as `Microsoft.Sql/servers/sql-shop/databases/orders` names in a group. */
export const resourceAt = (path: string, group: ResourceGroup): Resource => ({
  id: `${group.id}/providers/${path}`,
  name: lastSegment(path),
  type: typeOf(path),
  kind: kindOf(path),
  subscriptionId: group.subscriptionId,
  resourceGroup: group,
});
