import type { Group, Principal, Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import type { Answer, Call, Route, World } from '../arm/route.ts';

const denied = (): ArmError =>
  new ArmError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

const mayReadGroups = ({ settings }: Tenant, { caller }: Call): boolean =>
  settings.groupsReadable && caller.key === 'bot';

const groupFor = (tenant: Tenant, call: Call): Group => {
  if (!mayReadGroups(tenant, call)) throw denied();
  const group = tenant.groups.find(({ id }) => id === call.part('group'));
  if (group !== undefined) return group;
  throw new ArmError(
    404,
    'Request_ResourceNotFound',
    `Resource '${call.part('group')}' does not exist or one of its queried reference-property objects are not present.`,
  );
};

/** Everybody in a group and in the groups inside it, each once. */
const membersOf = ({ groups, settings }: Tenant, group: Group): ReadonlySet<string> => {
  const byId = new Map(groups.map((each) => [each.id, each]));
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const member of byId.get(id)?.members ?? []) visit(member);
  };
  visit(group.id);
  return settings.hiddenGroups.includes(group.id) ? new Set() : found;
};

/** Where Microsoft Graph may not tell of people, it answers with their ids and nothing else. */
const userDocument = ({ people, settings }: Tenant, { objectId, signature }: Principal) => {
  const person = people.find((each) => each.objectId === objectId);
  const isKnown = settings.usersReadable;
  return {
    '@odata.type': '#microsoft.graph.user',
    id: objectId,
    displayName: isKnown ? (person?.name ?? signature.split('@')[0]) : null,
    userPrincipalName: isKnown ? (person?.userPrincipalName ?? signature) : null,
    mail: isKnown ? signature : null,
    accountEnabled: isKnown ? !settings.disabledAccounts.includes(objectId) : null,
    userType: isKnown ? (person?.belonging === 'guest' ? 'Guest' : 'Member') : null,
  };
};

const usersOf = (tenant: Tenant): readonly Principal[] =>
  tenant.principals.filter(
    ({ type, objectId }) => type === 'User' && !tenant.settings.deletedAccounts.includes(objectId),
  );

const largestPage = 999;

const pageOfUsers = (call: Call, users: readonly unknown[]): Answer => {
  const size = Number(call.query.get('$top') ?? 100);
  if (!(size >= 1 && size <= largestPage))
    throw new ArmError(400, 'Request_UnsupportedQuery', `Invalid page size specified: '${size}'.`);
  const start = Number(call.query.get('$skiptoken') ?? 0);
  const query = new URLSearchParams(call.query);
  query.set('$skiptoken', String(start + size));
  return {
    json: {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
      ...(call.query.get('$count') === 'true' && { '@odata.count': users.length }),
      value: users.slice(start, start + size),
      ...(start + size < users.length && {
        '@odata.nextLink': `https://graph.microsoft.com${call.path}?${query.toString()}`,
      }),
    },
  };
};

const searchable = ['displayName', 'userPrincipalName', 'mail'] as const;

/** `startswith(displayName,'al') or startswith(mail,'al')`: whether somebody's names begin so; undefined for another filter. */
const beginningsIn = (filter: string): ((user: ReturnType<typeof userDocument>) => boolean) | undefined => {
  const parts = filter.split(/ or (?=startswith)/);
  const conditions = parts.map((part) => /^startswith\((\w+),'((?:[^']|'')*)'\)$/.exec(part));
  const wanted = conditions.flatMap((each) => {
    const field = searchable.find((name) => name === each?.[1]);
    return field === undefined ? [] : [{ field, text: (each?.[2] ?? '').replaceAll("''", "'").toLowerCase() }];
  });
  if (wanted.length < parts.length) return undefined;
  return (user) => wanted.some(({ field, text }) => user[field]?.toLowerCase().startsWith(text) === true);
};

const idsIn = (filter: string): readonly string[] => {
  const [, list = ''] = /^id in \(('[^']+'(?:\s*,\s*'[^']+')*)\)$/.exec(filter) ?? [];
  const ids = [...list.matchAll(/'([^']+)'/g)].map(([, id = '']) => id);
  if (ids.length >= 1 && ids.length <= 15) return ids;
  throw new ArmError(400, 'Request_UnsupportedQuery', `Invalid filter clause, or too many of them: ${filter}`);
};

/** Microsoft Graph about many: who is in a group, directly or through other groups, what a group is, and some people by their ids. */
export const directoryRoutes = ({ tenant }: World): readonly Route[] => [
  {
    method: 'GET',
    pattern: /^\/v1\.0\/groups\/(?<group>[^/]+)\/transitiveMembers\/microsoft\.graph\.user$/i,
    apiVersions: [],
    handle: (call) => {
      const members = membersOf(tenant, groupFor(tenant, call));
      if (call.query.get('$count') !== 'true')
        throw new ArmError(400, 'Request_UnsupportedQuery', 'This cast needs $count and ConsistencyLevel.');
      const users = usersOf(tenant).filter(({ objectId }) => members.has(objectId));
      return pageOfUsers(
        call,
        users.map((each) => userDocument(tenant, each)),
      );
    },
  },
  {
    method: 'GET',
    pattern: /^\/v1\.0\/groups\/(?<group>[^/]+)$/i,
    apiVersions: [],
    handle: (call) => {
      const { id, displayName } = groupFor(tenant, call);
      const visibility = tenant.settings.hiddenGroups.includes(id) ? 'HiddenMembership' : null;
      return { json: { id, displayName, visibility } };
    },
  },
  {
    method: 'GET',
    pattern: /^\/v1\.0\/users$/i,
    apiVersions: [],
    handle: (call) => {
      if (!tenant.settings.usersReadable || call.caller.key !== 'bot') throw denied();
      const filter = call.query.get('$filter') ?? '';
      const documents = usersOf(tenant).map((each) => userDocument(tenant, each));
      const begins = beginningsIn(filter);
      const ids = begins === undefined ? idsIn(filter) : [];
      return pageOfUsers(call, documents.filter(begins ?? (({ id }) => ids.includes(id))));
    },
  },
];
