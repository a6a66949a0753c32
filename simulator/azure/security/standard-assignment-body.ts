import type { Recommendation, StandardAssignment } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import { isInstant, isObject, isText, readOnlyMembers, requireMembers, unreadableBody } from '../arm/request-body.ts';
import type { Fields } from '../arm/request-body.ts';

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const type = 'StandardAssignment';
const longest = { displayName: 128, description: 512 };

const invalid = (reason: string): ArmError => new ArmError(400, 'InvalidStandardAssignment', reason);

const member = (fields: Fields, name: string): Fields => {
  const value = fields[name];
  if (!isObject(value)) throw unreadableBody(`'${name}' must be an object`);
  return value;
};

const requireExemptionData = (properties: Fields, recommendations: readonly Recommendation[]): void => {
  const data = member(properties, 'exemptionData');
  requireMembers(data, ['exemptionCategory', 'assignedAssessment'], type, 'properties.exemptionData');
  if (data.exemptionCategory !== 'waiver' && data.exemptionCategory !== 'mitigated')
    throw invalid("The exemption category must be 'waiver' or 'mitigated'.");
  const { assessmentKey } = member(data, 'assignedAssessment');
  if (!recommendations.some((one) => one.assessmentKey === assessmentKey))
    throw invalid('The assigned assessment has no known assessment key.');
};

/** The properties of a PUT; this simulator accepts only exemptions. Throws 400 for what the service would refuse. */
export const parseStandardAssignment = (
  name: string,
  body: unknown,
  recommendations: readonly Recommendation[],
): StandardAssignment['properties'] => {
  if (!guid.test(name)) throw invalid(`The name '${name}' of a standard assignment must be a GUID.`);
  if (!isObject(body)) throw unreadableBody('The body has no properties');
  requireMembers(body, ['properties', ...readOnlyMembers], type);
  const properties = member(body, 'properties');
  requireMembers(
    properties,
    'displayName description assignedStandard effect excludedScopes expiresOn exemptionData metadata'.split(' '),
    type,
    'properties',
  );
  if (properties.effect !== 'Exempt') throw invalid("This simulator takes only the effect 'Exempt'.");
  for (const text of ['displayName', 'description'] as const)
    if (!isText(longest[text])(properties[text] ?? '')) throw invalid(`'${text}' must be a text.`);
  if (properties.expiresOn !== undefined && !isInstant(properties.expiresOn))
    throw invalid("'expiresOn' must be a date and time in ISO 8601 format.");
  const { id } = member(properties, 'assignedStandard');
  if (typeof id !== 'string' || !/\/providers\/Microsoft\.Security\/(security)?standards\/[^/]+$/i.test(id))
    throw invalid("'assignedStandard.id' must be the id of a standard.");
  requireExemptionData(properties, recommendations);
  const { metadata: _readOnly, ...kept } = properties;
  return kept as StandardAssignment['properties'];
};
