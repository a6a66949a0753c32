import type { ExemptionProperties } from '../tenant/policy-exemption.ts';
import { ArmError } from './arm-error.ts';
import { oldExemptionVersion } from './exemption-document.ts';

type Properties = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})$/;
const unusableInNames = /[<>*%&:\\?.+/#]|[. ]$/;
const newerProperties = ['resourceSelectors', 'assignmentScopeValidation'];
const longest = { name: 64, displayName: 128, description: 512 };

const isText =
  (maximum: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length <= maximum;
const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '');
const isCategory = (value: unknown): boolean =>
  typeof value === 'string' && ['waiver', 'mitigated'].includes(value.toLowerCase());
const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && instantPattern.test(value) && !Number.isNaN(Date.parse(value));

type Rule = { readonly property: string; readonly accepts: (value: unknown) => boolean; readonly wants: string };
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
  { property: 'metadata', accepts: isObject, wants: 'an object' },
  { property: 'resourceSelectors', accepts: Array.isArray, wants: 'a list' },
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

/** Throws 400 for a name that Azure would not take. */
export const requireExemptionName = (name: string): void => {
  if (name.length <= longest.name && !unusableInNames.test(name)) return;
  throw new ArmError(
    400,
    'InvalidPolicyExemptionName',
    `The policy exemption name '${name}' is invalid. It must have 1 to ${longest.name} characters and none of <>*%&:\\?.+/#.`,
  );
};

/** The properties of a PUT, checked one by one. The newer api-version keeps properties that nobody has heard of yet. */
export const parseExemptionBody = (name: string, body: unknown, apiVersion: string): ExemptionProperties => {
  const properties = isObject(body) && isObject(body.properties) ? body.properties : undefined;
  if (properties === undefined) throw invalidExemption(name, 'The body has no properties.');
  const given = rules.filter(({ property }) => properties[property] !== undefined && properties[property] !== null);
  for (const { property, accepts, wants } of given)
    if (!accepts(properties[property])) throw invalidExemption(name, `The property '${property}' must be ${wants}.`);
  for (const required of ['policyAssignmentId', 'exemptionCategory'])
    if (!given.some(({ property }) => property === required))
      throw invalidExemption(name, `The property '${required}' is required.`);
  const written = Object.entries(properties).filter(([, value]) => value !== undefined && value !== null);
  const isKnown = ([property]: readonly [string, unknown]): boolean =>
    rules.some((rule) => rule.property === property && !newerProperties.includes(property));
  const kept = apiVersion === oldExemptionVersion ? written.filter(isKnown) : written;
  return { assignmentScopeValidation: 'Default', ...(Object.fromEntries(kept) as ExemptionProperties) };
};
