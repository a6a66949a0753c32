import { groupsOf } from '../../tenant/authorization.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import type { Call, Route, World } from '../arm/route.ts';

/** The ids of the groups of a person, including nested ones. Throws what Microsoft Graph answers to whoever may not know, or asks for nobody. */
const groupIdsFor = (tenant: Tenant, { part, caller }: Call): readonly string[] => {
  if (!tenant.settings.groupsReadable || caller.key !== 'bot')
    throw new ArmError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  const user = tenant.principals.find(({ objectId, type }) => objectId === part('user') && type === 'User');
  if (user === undefined)
    throw new ArmError(
      404,
      'Request_ResourceNotFound',
      `Resource '${part('user')}' does not exist or one of its queried reference-property objects are not present.`,
    );
  return groupsOf(tenant, user.objectId);
};

const requireFewEnough = ({ settings }: Tenant, groups: readonly string[]): void => {
  if (groups.length > settings.mostGroups)
    throw new ArmError(
      400,
      'Directory_ResultSizeLimitExceeded',
      'The size of the result set is above the limit. Use the transitiveMemberOf API instead.',
    );
};

/** The two calls of Microsoft Graph that the bot makes: the groups of a person at once, or page by page where they are too many. */
export const microsoftGraphRoutes = ({ tenant }: World): readonly Route[] => [
  {
    method: 'POST',
    pattern: /^\/v1\.0\/users\/(?<user>[^/]+)\/getMemberGroups$/i,
    apiVersions: [],
    handle: (call) => {
      const groups = groupIdsFor(tenant, call);
      requireFewEnough(tenant, groups);
      return {
        json: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)', value: groups },
      };
    },
  },
  {
    method: 'GET',
    pattern: /^\/v1\.0\/users\/(?<user>[^/]+)\/transitiveMemberOf$/i,
    apiVersions: [],
    handle: (call) => {
      const groups = groupIdsFor(tenant, call).map((id) => ({ '@odata.type': '#microsoft.graph.group', id }));
      const size = Number(call.query.get('$top') ?? 100);
      const start = Number(call.query.get('$skiptoken') ?? 0);
      const next = `https://graph.microsoft.com${call.path}?$top=${size}&$skiptoken=${start + size}`;
      return {
        json: {
          value: groups.slice(start, start + size),
          ...(start + size < groups.length && { '@odata.nextLink': next }),
        },
      };
    },
  },
];
