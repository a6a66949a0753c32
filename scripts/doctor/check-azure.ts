import { firstFew } from '../../src/core/first-few.ts';
import type { TokenCredential } from '@azure/identity';
import type { Azure } from '../../src/azure/azure.ts';
import { managementGroupId } from '../../src/core/tenant/arm-id.ts';
import type { Hierarchy } from '../../src/core/tenant/hierarchy.ts';
import type { OwnRight } from '../../src/core/access/own-access.ts';
import { look, unknown, well, wrong, type Finding } from './finding.ts';

const mostScopes = 50;
const graphRights = ['GroupMember.Read.All', 'User.Read.All'];

type Claims = { readonly oid?: unknown; readonly appid?: unknown; readonly roles?: unknown };

const claimsOf = (token: string): Claims => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Claims;
  } catch {
    return {};
  }
};

const tokenFor = async (credential: TokenCredential, scope: string): Promise<Claims> => {
  const token = await credential.getToken(scope);
  if (token === null) throw new Error('Entra issued no token for this identity.');
  return claimsOf(token.token);
};

/** Checks whether there is an identity, and reports which. */
export const checkSignIn = async (credential: TokenCredential): Promise<readonly Finding[]> => {
  const { oid } = await tokenFor(credential, 'https://management.azure.com/.default');
  return [well('Sign-in to Azure', typeof oid === 'string' ? `as the object ${oid}` : 'token received')];
};

const scopesOf = ({ managementGroups, subscriptions }: Hierarchy): { readonly id: string; readonly name: string }[] => {
  const known = new Set(managementGroups.map(({ name }) => name.toLowerCase()));
  const tops = managementGroups
    .filter(({ ancestors: [parent] }) => parent === undefined || !known.has(parent.toLowerCase()))
    .map(({ name, displayName }) => ({ id: managementGroupId(name), name: displayName }));
  return [...tops, ...subscriptions.map(({ id, displayName }) => ({ id, name: displayName }))];
};

const names = (those: readonly { readonly name: string }[]): string =>
  firstFew(
    those.map(({ name }) => name),
    3,
  );

/** Reports what Resource Graph shows of the tenant. */
export const checkSight = async (azure: Azure): Promise<readonly Finding[]> => {
  const { managementGroups, subscriptions } = await azure.hierarchy();
  const about = 'Resource Graph';
  const seen = `${managementGroups.length} management groups, ${subscriptions.length} subscriptions`;
  const remedy = 'Assign the identity its role at the top management group that it serves (docs/install.md, step 2).';
  if (subscriptions.length === 0) return [wrong(about, seen, remedy)];
  return [
    managementGroups.length === 0
      ? look(about, seen, `Policies assigned at management groups cannot be exempted from. ${remedy}`)
      : well(about, seen),
  ];
};

const findingFor = (
  action: string,
  answers: readonly { readonly name: string; readonly right: OwnRight }[],
  notAsked: number,
): Finding => {
  const about = `Permission ${action}`;
  const lacking = answers.filter(({ right }) => right === 'lacking' || right === 'hidden');
  const conditional = answers.filter(({ right }) => right === 'conditional');
  const untold = answers.filter(({ right }) => right === 'unknown');
  if (lacking.length > 0)
    return wrong(
      about,
      `not held at ${names(lacking)}`,
      'Assign the role of docs/azure.md there, or above (docs/install.md, step 2).',
    );
  if (conditional.length > 0)
    return wrong(
      about,
      `under a condition at ${names(conditional)}`,
      'The role is assigned there with a condition that does not cover this permission, or that cannot be evaluated. Assign it without one.',
    );
  if (untold.length > 0) return unknown(about, `Azure did not say for ${names(untold)}`, 'Run this again in a minute.');
  const held = `held at ${answers.length} of ${answers.length} scopes`;
  return well(about, notAsked === 0 ? held : `${held} checked; ${notAsked} more were not checked`);
};

/** Checks each permission of the role where the identity needs it: at the topmost scopes that it sees, and at the first of their subscriptions. */
export const checkRights = async (azure: Azure, actions: readonly string[]): Promise<readonly Finding[]> => {
  const all = scopesOf(await azure.hierarchy());
  const scopes = all.slice(0, mostScopes);
  if (scopes.length === 0) return [];
  const answers = await Promise.all(
    scopes.map(async ({ id, name }) => ({ name, rights: await azure.ownAccess.rightsAt(id, actions) })),
  );
  return actions.map((action, index) =>
    findingFor(
      action,
      answers.map(({ name, rights }) => ({ name, right: rights[index] ?? 'unknown' })),
      all.length - scopes.length,
    ),
  );
};

/** Reports whether tags can be read: nothing else needs Reader, so that an organisation may leave it out. */
export const checkTags = async (azure: Azure): Promise<readonly Finding[]> => {
  const about = 'Tags of resources';
  const scopes = scopesOf(await azure.hierarchy()).slice(0, mostScopes);
  const rights = await Promise.all(scopes.map(({ id }) => azure.ownAccess.rightsAt(id, ['*/read'])));
  const hidden = scopes.filter((_, index) => rights[index]?.[0] !== 'held');
  if (hidden.length === 0) return [well(about, 'readable')];
  const remedy = 'Assign the identity Reader there if people are to find resources by their tags and owners.';
  return [look(about, `not readable at ${names(hidden)}`, remedy)];
};

/** Checks whether roles that people hold through groups count in lists. */
export const checkGroups = async (
  credential: TokenCredential,
  delegateGroups: readonly string[],
): Promise<readonly Finding[]> => {
  const about = 'Microsoft Graph';
  const { roles } = await tokenFor(credential, 'https://graph.microsoft.com/.default');
  const missing = graphRights.filter((right) => !(Array.isArray(roles) && roles.includes(right)));
  if (missing.length === 0) return [well(about, 'may read the groups of people')];
  const seen = `${missing.join(' and ')} not granted`;
  return [
    delegateGroups.length === 0
      ? look(
          about,
          seen,
          'Roles that people hold through groups do not count in lists. Grant them, or give Reader to people directly (docs/install.md, step 3).',
        )
      : wrong(
          about,
          seen,
          'Without them the groups in DELEGATE_GROUPS are delegated no permission. Grant them (docs/install.md, step 3), or unset DELEGATE_GROUPS.',
        ),
  ];
};
