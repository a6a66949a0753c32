import { firstFew } from '../first-few.ts';
import { distinctBy } from '../lists.ts';
import { normalId } from '../tenant/arm-id.ts';
import type { Target } from './exemption-plan.ts';
import type { Obstacle } from './obstacle.ts';

/** One target for each scope: whether the scope is there does not depend on the others. */
export const oneOfEachScope = (targets: readonly Target[]): Target[] =>
  distinctBy(targets, ({ scope }) => normalId(scope));

/** "vm-1, vm-2 no longer exist in Azure" */
export const noLonger = (labels: readonly string[], named = 3): string =>
  `${firstFew(labels, named)} no longer ${labels.length === 1 ? 'exists' : 'exist'} in Azure`;

/** What Azure, asked live, says of the scopes of a plan, by their labels. */
export type ScopesAsked = {
  readonly of: number;
  readonly gone: readonly string[];
  readonly untold: readonly string[];
};

const namedInPreview = 12;

/** The findings about scopes that are gone, or of which Azure does not say whether they are. A renewal covers all that it renews. */
export const goneObstacles = ({ of, gone, untold }: ScopesAsked, isRenewal: boolean): Obstacle[] => {
  const them = gone.length === 1 ? 'it' : 'them';
  const remedy = isRenewal ? 'Send a new request for what is left.' : `Leave ${them} out.`;
  const words =
    gone.length === of
      ? `so there is nothing left to exempt. Defender for Cloud can go on listing ${them} for a while.`
      : `so the request cannot be written as it is. ${remedy}`;
  return [
    ...(gone.length === 0
      ? []
      : [
          {
            code: 'scope-gone',
            kind: 'blocking',
            sentence: `${noLonger(gone, namedInPreview)}, ${words}`,
          } as const,
        ]),
    ...(untold.length === 0
      ? []
      : [
          {
            code: 'not-checked',
            kind: 'not-checked',
            sentence: `Azure did not say whether ${firstFew(untold, 3)} still ${untold.length === 1 ? 'exists' : 'exist'}.`,
          } as const,
        ]),
  ];
};
