import { groupsOf } from '../../tenant/authorization.ts';
import { ArmError } from '../arm/arm-error.ts';
import type { Route, World } from '../arm/route.ts';

/** The one call of Microsoft Graph that the bot makes: the groups of a person, including nested ones. */
export const microsoftGraphRoutes = ({ tenant }: World): readonly Route[] => [
  {
    method: 'POST',
    pattern: /^\/v1\.0\/users\/(?<user>[^/]+)\/getMemberGroups$/i,
    apiVersions: [],
    handle: ({ part, caller }) => {
      if (!tenant.settings.groupsReadable || caller.key !== 'bot')
        throw new ArmError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
      const user = tenant.principals.find(({ objectId, type }) => objectId === part('user') && type === 'User');
      if (user === undefined)
        throw new ArmError(
          404,
          'Request_ResourceNotFound',
          `Resource '${part('user')}' does not exist or one of its queried reference-property objects are not present.`,
        );
      return {
        json: {
          '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)',
          value: groupsOf(tenant, user.objectId),
        },
      };
    },
  },
];
