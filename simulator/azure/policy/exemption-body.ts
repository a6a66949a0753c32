import type { ExemptionProperties } from '../../tenant/policy-exemption.ts';
import { ArmError } from '../arm/arm-error.ts';
import type { TenantSettings } from '../../tenant/tenant.ts';
import { knownKinds, knowsMember } from './exemption-versions.ts';
import { isInstant, isObject, isText, readOnlyMembers, requireMembers, unreadableBody } from '../arm/request-body.ts';

const controlCharacters = /\p{Cc}/u;
const unusableInNames = /[<>*%&:\\?.+/#]|[. ]$/;
const longest = { name: 64, displayName: 128, description: 512, metadataText: 1024 };
const mostSelectors = 10;
const mostSelectorValues = 50;

const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '');
const isShortTextList = (value: unknown): boolean =>
  value === undefined || (isTextList(value) && (value as unknown[]).length <= mostSelectorValues);
const isCategory = (value: unknown): boolean =>
  typeof value === 'string' && ['waiver', 'mitigated'].includes(value.toLowerCase());
const isMetadata = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((one) => typeof one !== 'string' || isText(longest.metadataText)(one));

type Kinds = readonly string[];
const isSelector = (value: unknown, kinds: Kinds): boolean =>
  isObject(value) &&
  Object.keys(value).every((name) => ['kind', 'in', 'notIn'].includes(name)) &&
  kinds.includes(String(value.kind)) &&
  [value.in, value.notIn].every(isShortTextList) &&
  !(value.in !== undefined && value.notIn !== undefined);
const isResourceSelector = (value: unknown, kinds: Kinds): boolean =>
  isObject(value) &&
  Object.keys(value).every((name) => ['name', 'selectors'].includes(name)) &&
  (value.selectors === undefined ||
    (Array.isArray(value.selectors) && value.selectors.every((one) => isSelector(one, kinds))));
const areSelectors = (value: unknown, kinds: Kinds): boolean =>
  Array.isArray(value) && value.length <= mostSelectors && value.every((one) => isResourceSelector(one, kinds));

type Rule = {
  readonly property: string;
  readonly accepts: (value: unknown, kinds: Kinds) => boolean;
  readonly wants: string;
};
const rules: readonly Rule[] = [
  {
    property: 'policyAssignmentId',
    accepts: (value) => typeof value === 'string' && /\/policyAssignments\/[^/]+$/i.test(value),
    wants: 'the id of a policy assignment',
  },
  { property: 'policyDefinitionReferenceIds', accepts: isTextList, wants: 'a list of policy definition reference ids' },
  { property: 'exemptionCategory', accepts: isCategory, wants: "'Waiver' or 'Mitigated'" },
  { property: 'expiresOn', accepts: isInstant, wants: 'a date and time in ISO 8601 format' },
  {
    property: 'displayName',
    accepts: isText(longest.displayName),
    wants: `a text of at most ${longest.displayName} characters`,
  },
  {
    property: 'description',
    accepts: isText(longest.description),
    wants: `a text of at most ${longest.description} characters`,
  },
  {
    property: 'metadata',
    accepts: isMetadata,
    wants: `an object with texts of at most ${longest.metadataText} characters`,
  },
  {
    property: 'resourceSelectors',
    accepts: areSelectors,
    wants: `a list of at most ${mostSelectors} resource selectors with 'in' or 'notIn'`,
  },
  {
    property: 'assignmentScopeValidation',
    accepts: (value) => value === 'Default' || value === 'DoNotValidate',
    wants: "'Default' or 'DoNotValidate'",
  },
];

export const invalidExemption = (name: string, reason: string): ArmError =>
  new ArmError(
    400,
    'InvalidCreatePolicyExemptionRequest',
    `The policy exemption '${name}' create request is invalid. ${reason}`,
  );

/** Throws 400 for a name that Azure does not accept. */
export const requireExemptionName = (name: string): void => {
  const isUsable = name.length <= longest.name && !unusableInNames.test(name) && !controlCharacters.test(name);
  if (isUsable) return;
  throw new ArmError(
    400,
    'InvalidPolicyExemptionName',
    `The policy exemption name '${name}' is invalid. It must have 1 to ${longest.name} characters, none of <>*%&:\\?.+/# and no control characters, and must not end with a space.`,
  );
};

/** The properties of a PUT, checked one by one. A member that the api-version does not know is refused, as by Azure's contracts. */
export const parseExemptionBody = (
  name: string,
  body: unknown,
  apiVersion: string,
  settings: TenantSettings,
): ExemptionProperties => {
  if (!isObject(body)) throw unreadableBody('The body is no object');
  requireMembers(body, ['properties', ...readOnlyMembers], 'PolicyExemption');
  const { properties } = body;
  if (!isObject(properties)) throw invalidExemption(name, 'The body has no properties.');
  const all = [...rules.map(({ property }) => property), ...Object.keys(settings.laterProperties)];
  const known = all.filter((member) => knowsMember(member, apiVersion, settings));
  requireMembers(properties, known, 'PolicyExemptionProperties', 'properties');
  const kinds = knownKinds(apiVersion, settings);
  const written = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
  for (const { property, accepts, wants } of rules)
    if (written[property] !== undefined && !accepts(written[property], kinds))
      throw invalidExemption(name, `The property '${property}' must be ${wants}.`);
  for (const required of ['policyAssignmentId', 'exemptionCategory'])
    if (written[required] === undefined) throw invalidExemption(name, `The property '${required}' is required.`);
  return { assignmentScopeValidation: 'Default', ...(written as ExemptionProperties) };
};
