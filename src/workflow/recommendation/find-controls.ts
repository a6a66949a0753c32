import { firstFew } from '../../core/first-few.ts';
import { GovernanceError, unlessUntold } from '../../core/governance-error.ts';
import { controlsCalled, controlsWith } from '../../core/score/control.ts';
import type { ControlMembers } from '../../core/score/secure-score.ts';
import type { Desk } from '../desk.ts';
import type { Viewpoint } from '../rights/take-viewpoint.ts';

/** The names of controls of the classic secure score; undefined if Azure does not say which there are. */
export type KnownControls = readonly string[] | undefined;

/** The controls that a recommendation counts in. Microsoft defines them, so their names are nobody's secret. No card waits for them. */
export const findControls = (desk: Desk, { where }: Viewpoint, key: string): Promise<KnownControls> =>
  unlessUntold(async () => {
    const known = await desk.secureScores.controls(where.subscriptions);
    return known.length === 0 ? undefined : controlsWith(known, key);
  }, undefined);

/** So many controls are named; Microsoft has about fifteen. */
const named = 20;

/** The controls that somebody means by a name or a part of one. Throws GovernanceError: not-found with those that there are, unavailable. */
export const findControlsCalled = async (
  desk: Desk,
  { where }: Viewpoint,
  typed: string,
): Promise<readonly ControlMembers[]> => {
  const known = await desk.secureScores.controls(where.subscriptions);
  const meant = controlsCalled(known, typed);
  if (meant.length > 0) return meant;
  throw new GovernanceError(
    'not-found',
    known.length === 0
      ? 'Azure shows no secure score there, so it is not known which recommendations a control has. Leave out control: and try again.'
      : `No control of the secure score is called “${typed}”. Those that there are: ${firstFew(
          known.map(({ name }) => name),
          named,
        )}.`,
  );
};
