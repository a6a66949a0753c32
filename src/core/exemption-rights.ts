import { exemptFromAssignment, writeExemptions } from './access.ts';
import { scopeOfExtension } from './arm-id.ts';
import type { Target } from './exemption-plan.ts';

/** A right that somebody must have: an action at a scope. */
export type NeededRight = { readonly action: string; readonly scope: string };

/** Two rights for each exemption: to write it at its scope, and to exempt from its assignment where that is made. */
export const rightsFor = (targets: readonly Pick<Target, 'scope' | 'assignmentId'>[]): NeededRight[] =>
  targets.flatMap((target) => [
    { action: writeExemptions, scope: target.scope },
    { action: exemptFromAssignment, scope: scopeOfExtension(target.assignmentId) },
  ]);
