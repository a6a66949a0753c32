import { z } from 'zod';
import { sameId, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import type { Exemption, ExemptionToWrite, Snapshot } from '../../core/exemption/exemption.ts';
import { ownerInMetadata, ownPacOwner } from '../../core/tenant/owner-marker.ts';
import { notUnderstood, understood } from '../client/failure.ts';
import { resourceSelectors } from './resource-selectors.ts';
import { expiryOf, timeOf } from '../client/written-time.ts';

/** The metadata key with our own facts; all other metadata belongs to others. */
const ownKey = 'exemptionDesk';

const object = z.record(z.string(), z.unknown());
const text = z.string().nullish();

const systemData = z.object({ createdBy: text, createdAt: text, lastModifiedBy: text, lastModifiedAt: text }).nullish();
const exemptionBody = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    policyAssignmentId: z.string(),
    policyDefinitionReferenceIds: z.array(z.string()).nullish(),
    exemptionCategory: z.string(),
    displayName: text,
    description: text,
    expiresOn: text,
    metadata: z
      .looseObject({ [ownKey]: z.object({ request: z.string() }).optional().catch(undefined) })
      .nullish()
      .catch(null),
    resourceSelectors,
    systemData,
  }),
  systemData,
});

const writtenBefore = z.looseObject({
  properties: z.looseObject({ policyAssignmentId: z.string(), metadata: object.nullish().catch(null) }),
});

/** Reads an exemption from Resource Manager or Resource Graph. Throws GovernanceError unavailable for any other shape. */
export const exemptionFrom = (json: unknown): Exemption => {
  const { id, name, properties, ...rest } = understood(exemptionBody, json);
  const made = rest.systemData ?? properties.systemData;
  return {
    id,
    name,
    scope: scopeOfExtension(id),
    policyAssignmentId: properties.policyAssignmentId,
    referenceIds: properties.policyDefinitionReferenceIds?.length ? properties.policyDefinitionReferenceIds : undefined,
    category: properties.exemptionCategory.toLowerCase() === 'mitigated' ? 'Mitigated' : 'Waiver',
    displayName: properties.displayName ?? '',
    description: properties.description ?? '',
    expiresAt: expiryOf(properties.expiresOn),
    createdBy: made?.createdBy ?? undefined,
    createdAt: timeOf(made?.createdAt ?? ''),
    changedBy: made?.lastModifiedBy ?? undefined,
    changedAt: timeOf(made?.lastModifiedAt ?? ''),
    requestReference: properties.metadata?.[ownKey]?.request,
    resourceSelectors: properties.resourceSelectors,
    managedBy: ownerInMetadata(properties.metadata ?? {}),
  };
};

const without = (object: Record<string, unknown>, ...names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** The body that creates an exemption, or replaces the given one. Everything unknown in the existing one is kept, at every level. */
export const bodyFor = (exemption: ExemptionToWrite, existing: unknown): unknown => {
  const before = existing === undefined ? undefined : understood(writtenBefore, existing);
  const { policyAssignmentId, referenceIds, category, displayName, description, expiresAt } = exemption;
  const assignmentBefore = before?.properties.policyAssignmentId;
  // Azure refuses a changed assignment, and may take another casing for one.
  const sameAssignment = assignmentBefore !== undefined && sameId(assignmentBefore, policyAssignmentId);
  return {
    ...without(before ?? {}, 'id', 'name', 'type', 'systemData', 'properties'),
    properties: {
      ...without(before?.properties ?? {}, 'policyDefinitionReferenceIds', 'expiresOn', 'systemData'),
      policyAssignmentId: sameAssignment ? assignmentBefore : policyAssignmentId,
      ...(referenceIds === undefined ? {} : { policyDefinitionReferenceIds: referenceIds }),
      exemptionCategory: category,
      displayName,
      description,
      ...(expiresAt === undefined ? {} : { expiresOn: expiresAt.toISOString() }),
      metadata: { ...before?.properties.metadata, pacOwnerId: ownPacOwner, [ownKey]: exemption.metadata },
    },
  };
};

/** An exemption as JSON to store, without the fields that only Azure writes. */
export const snapshotOf = (answer: unknown): Snapshot => {
  const { properties, ...rest } = understood(writtenBefore, answer);
  return JSON.stringify({
    ...without(rest, 'id', 'name', 'type', 'systemData'),
    properties: without(properties, 'systemData'),
  });
};

const kept = z.looseObject({
  properties: z.looseObject({ policyDefinitionReferenceIds: z.array(z.string()).optional() }),
});

/**
 * The body that restores an exemption from a snapshot, without the reference ids that are not among the known ones; undefined if it named some and
 * none is left, because without any it would exempt the whole initiative.
 */
export const bodyOf = (snapshot: Snapshot, known: readonly string[] | undefined): unknown => {
  const body = bodyIn(snapshot);
  const before = body.properties.policyDefinitionReferenceIds ?? [];
  if (known === undefined || before.length === 0) return body;
  const isKnown = (each: string): boolean => known.some((one) => one.toLowerCase() === each.toLowerCase());
  const policyDefinitionReferenceIds = before.filter(isKnown);
  if (policyDefinitionReferenceIds.length === 0) return undefined;
  return { ...body, properties: { ...body.properties, policyDefinitionReferenceIds } };
};

const bodyIn = (snapshot: Snapshot): z.infer<typeof kept> => {
  try {
    return kept.parse(JSON.parse(snapshot));
  } catch (error) {
    throw notUnderstood(error);
  }
};
