import type { Faults } from './azure/arm/faults.ts';
import type { Clock } from './clock.ts';
import { durationInMs } from './clock.ts';
import { createFaultControls } from './fault-controls.ts';
import { createOutsideControls } from './outside-controls.ts';
import { exemptInPortal, exemptFromTagging } from './portal.ts';
import { createAssessments } from './tenant/assessments.ts';
import { lock, unlock } from './tenant/locks.ts';
import type { Tenant } from './tenant/tenant.ts';

export type Controls = Readonly<Record<string, (body: unknown) => Promise<unknown>>>;

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (body: unknown): Fields =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : {};

const optional = <T extends 'string' | 'number' | 'boolean'>(
  fields: Fields,
  name: string,
  type: T,
): { string: string; number: number; boolean: boolean }[T] | undefined => {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== type) throw new TypeError(`'${name}' must be a ${type}.`);
  return value as { string: string; number: number; boolean: boolean }[T];
};

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((one) => typeof one === 'string');

const optionalTexts = (fields: Fields, name: string): Readonly<Record<string, string>> | undefined => {
  const value = fields[name];
  if (value === undefined || isTexts(value)) return value;
  throw new TypeError(`'${name}' must be an object with texts.`);
};

const optionalList = (fields: Fields, name: string): readonly string[] | undefined => {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new TypeError(`'${name}' must be a list of texts.`);
};

const changeSettings = (tenant: Tenant, fields: Fields): unknown => {
  for (const name of ['effectDelay', 'resourceGraphDelay'] as const) {
    const delay = optional(fields, name, 'string');
    if (delay === undefined) continue;
    durationInMs(delay);
    tenant.settings[name] = delay;
  }
  for (const name of [
    'throttling',
    'groupsReadable',
    'usersReadable',
    'permissionsEverywhere',
    'changesDated',
  ] as const)
    tenant.settings[name] = optional(fields, name, 'boolean') ?? tenant.settings[name];
  for (const name of ['hiddenGroups', 'disabledAccounts', 'deletedAccounts'] as const)
    tenant.settings[name] = optionalList(fields, name) ?? tenant.settings[name];
  for (const name of ['laterProperties', 'laterSelectorKinds'] as const)
    tenant.settings[name] = optionalTexts(fields, name) ?? tenant.settings[name];
  for (const name of ['pageSize', 'largestAnswer', 'largestPage', 'mostGroups'] as const)
    tenant.settings[name] = optional(fields, name, 'number') ?? tenant.settings[name];
  const pagesContinue = optional(fields, 'pagesContinue', 'string');
  if (pagesContinue === 'by-id' || pagesContinue === 'by-any-column') tenant.settings.pagesContinue = pagesContinue;
  else if (pagesContinue !== undefined) throw new TypeError("'pagesContinue' must be 'by-id' or 'by-any-column'.");
  return tenant.settings;
};

const required = (fields: Fields, name: string): string => {
  const value = optional(fields, name, 'string');
  if (value === undefined) throw new TypeError(`'${name}' is missing.`);
  return value;
};

/**
 * Control routes that change the simulated world, by method and path. Each handler takes the JSON body, throws on an unusable one, and
 * settles only when everything it caused in the tenant is visible.
 */
export const createControls = (tenant: Tenant, clock: Clock, faults: Faults): Controls => {
  const assessments = createAssessments(tenant);
  const time = () => ({ now: clock.now().toISOString() });
  return {
    'GET /simulator/clock': async () => time(),
    'POST /simulator/clock': async (body) => {
      const advance = optional(fieldsOf(body), 'advance', 'string');
      if (advance === undefined) throw new TypeError("'advance' must be a duration like P7D.");
      await clock.advance(advance);
      return time();
    },
    'POST /simulator/portal-exemption': async (body) => {
      const fields = fieldsOf(body);
      const scope = optional(fields, 'scope', 'string');
      const recommendation = optional(fields, 'recommendation', 'string');
      const expiresInDays = optional(fields, 'expiresInDays', 'number') ?? 30;
      const takesTime = optional(fields, 'takesTime', 'boolean') ?? false;
      return exemptInPortal(tenant, assessments, { scope, recommendation, expiresInDays, takesTime });
    },
    'POST /simulator/tagging-exemption': async () => exemptFromTagging(tenant),
    'POST /simulator/settings': async (body) => changeSettings(tenant, fieldsOf(body)),
    'POST /simulator/lock': async (body) => {
      const fields = fieldsOf(body);
      return lock(tenant, required(fields, 'scope'), optional(fields, 'level', 'string') ?? 'ReadOnly');
    },
    'POST /simulator/unlock': async (body) => unlock(tenant, required(fieldsOf(body), 'scope')),
    ...createOutsideControls(tenant, assessments),
    ...createFaultControls(faults),
  };
};
