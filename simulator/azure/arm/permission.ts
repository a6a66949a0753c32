import { lastSegment, resourceGroupOf, subscriptionIdOf } from '../../tenant/arm-id.ts';
import { authorise } from '../../tenant/authorization.ts';
import type { Principal, Subscription, Tenant } from '../../tenant/tenant.ts';
import { ArmError } from './arm-error.ts';

const clientOf = ({ signature, objectId }: Principal): string =>
  `The client '${signature}' with object id '${objectId}'`;

/** Throws AuthorizationFailed or DenyAssignmentAuthorizationFailed unless the caller may do this to the target at the scope. */
export const requirePermission = (
  tenant: Tenant,
  caller: Principal,
  action: string,
  scope: string,
  target: string,
): void => {
  const verdict = authorise(tenant, caller, action, scope);
  if (verdict.kind === 'allowed') return;
  if (verdict.kind === 'missing')
    throw new ArmError(
      403,
      'AuthorizationFailed',
      `${clientOf(caller)} does not have authorization to perform action '${action}' over scope '${target}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  const { displayName, name, scope: deniedScope } = verdict.denial;
  throw new ArmError(
    403,
    'DenyAssignmentAuthorizationFailed',
    `${clientOf(caller)} has permission to perform action '${action}' on scope '${target}'; however, the access is denied because of the deny assignment with name '${displayName}' and Id '${name.replaceAll('-', '')}' at scope '${deniedScope}'.`,
  );
};

/** Throws LinkedAuthorizationFailed unless the caller may also do the linked action to what the target points at. */
export const requireLinkedPermission = (
  tenant: Tenant,
  caller: Principal,
  action: string,
  target: string,
  linked: { readonly action: string; readonly id: string },
): void => {
  if (authorise(tenant, caller, linked.action, linked.id).kind === 'allowed') return;
  throw new ArmError(
    403,
    'LinkedAuthorizationFailed',
    `${clientOf(caller)} has permission to perform action '${action}' on scope '${target}'; however, it does not have permission to perform action(s) '${linked.action}' on the linked scope(s) '${linked.id}' (respectively) or the linked scope(s) are invalid.`,
  );
};

/** Throws 404 for an unknown subscription; ARM checks this before any permission. */
export const requireSubscription = (tenant: Tenant, scope: string): void => {
  const subscriptionId = subscriptionIdOf(scope);
  if (subscriptionId === '' || tenant.exists(`/subscriptions/${subscriptionId}`)) return;
  throw new ArmError(404, 'SubscriptionNotFound', `The subscription '${subscriptionId}' could not be found.`);
};

/** Throws 404 for a scope that does not exist. */
export const requireScope = (tenant: Tenant, scope: string): void => {
  if (tenant.exists(scope)) return;
  const group = resourceGroupOf(scope);
  if (/\/managementGroups\/[^/]+$/i.test(scope))
    throw new ArmError(404, 'ManagementGroupNotFound', `The management group '${lastSegment(scope)}' cannot be found.`);
  if (group !== '' && !tenant.exists(`/subscriptions/${subscriptionIdOf(scope)}/resourceGroups/${group}`))
    throw new ArmError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  throw new ArmError(
    404,
    'ResourceNotFound',
    `The Resource '${scope.split('/providers/').at(-1) ?? scope}' under resource group '${group}' was not found.`,
  );
};

const subscriptionOf = (tenant: Tenant, scope: string): Subscription | undefined => {
  const subscriptionId = subscriptionIdOf(scope).toLowerCase();
  return tenant.subscriptions.find((one) => one.subscriptionId === subscriptionId);
};

/** Throws 409 for calls of Microsoft.Security where the provider is not registered. */
export const requireProvider = (tenant: Tenant, action: string, scope: string): void => {
  const found = action.startsWith('Microsoft.Security/') ? subscriptionOf(tenant, scope) : undefined;
  if (found?.defender !== 'not registered') return;
  throw new ArmError(
    409,
    'MissingSubscriptionRegistration',
    "The subscription is not registered to use namespace 'Microsoft.Security'. See https://aka.ms/rps-not-found for how to register subscriptions.",
  );
};

/** Throws 409 for a write in a disabled subscription. Reading and deleting go on there. */
export const requireWritable = (tenant: Tenant, scope: string): void => {
  const found = subscriptionOf(tenant, scope);
  if (found?.state !== 'Disabled') return;
  throw new ArmError(
    409,
    'ReadOnlyDisabledSubscription',
    `The subscription '${found.subscriptionId}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`,
  );
};

/** Checks that precede every read of something attached to a scope. */
export const requireReadableScope = (tenant: Tenant, caller: Principal, action: string, scope: string): void => {
  requireSubscription(tenant, scope);
  requirePermission(tenant, caller, action, scope, scope);
  requireProvider(tenant, action, scope);
  requireScope(tenant, scope);
};
