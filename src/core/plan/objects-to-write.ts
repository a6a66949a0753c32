import { nameOf } from '../tenant/arm-id.ts';
import { scopeLabel, type Hierarchy } from '../tenant/hierarchy.ts';
import type { Target } from './exemption-plan.ts';

/** A policy exemption that a request writes, as its cards list it. */
export type ObjectToWrite = {
  /** The name of the object in Azure: `ED-3b20e985-…`. */
  readonly name: string;
  /** "shop-prod / rg-shop-prod / stshopprod" */
  readonly place: string;
  readonly assignmentName: string;
  /** Undefined: the assignment is a single policy, which has none. */
  readonly referenceIds: readonly string[] | undefined;
};

/** The first few objects of a plan, in its order; a card has no room for hundreds and says how many there are. Pure. */
export const objectsToWrite = (targets: readonly Target[], hierarchy: Hierarchy, most = 3): ObjectToWrite[] =>
  targets.slice(0, most).map(({ exemptionId, scope, assignmentName, referenceIds }) => ({
    name: nameOf(exemptionId),
    place: scopeLabel(scope, hierarchy),
    assignmentName,
    referenceIds,
  }));
