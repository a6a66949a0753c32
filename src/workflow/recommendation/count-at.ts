import { readExemptions } from '../../core/access/access.ts';
import { isRefusal } from '../../core/governance-error.ts';
import { narrowByName, takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';
import type { Desk } from '../desk.ts';
import { expiringWithinDays } from '../inventory/shown-state.ts';
import { listExemptions } from '../inventory/list-exemptions.ts';
import { countOpenRecommendations } from './list-recommendations.ts';

export type CountedAt = {
  readonly viewpoint: Viewpoint;
  /** Recommendations that are open in it; undefined: the person may read none there. */
  readonly open: number | undefined;
  /** Exemptions that lie in it or contain it, by rows of their list; undefined: the person may read none there. */
  readonly exemptions: number | undefined;
};

/**
 * What somebody may see of one scope, by its id: how many recommendations are open there and how many exemptions cover something of it. Throws
 * GovernanceError not-found, the same for a scope that does not exist and for one of which they may see nothing.
 */
export const countAt = async (desk: Desk, asker: Asker, scope: string): Promise<CountedAt> => {
  const [assessed, exempted] = await Promise.all([
    takeViewpoint(desk, asker),
    takeViewpoint(desk, asker, readExemptions),
  ]);
  const narrowed = (viewpoint: Viewpoint): Viewpoint | undefined => {
    try {
      return narrowByName(viewpoint, scope);
    } catch (error) {
      if (isRefusal(error, 'not-found')) return undefined;
      throw error;
    }
  };
  const [open, exempt] = [narrowed(assessed), narrowed(exempted)];
  const viewpoint = open ?? exempt ?? narrowByName(assessed, scope);
  const wanted = { text: '', kind: 'all', withinDays: expiringWithinDays, subscription: scope, page: 1 } as const;
  const [recommendations, exemptions] = await Promise.all([
    open && countOpenRecommendations(desk, open),
    exempt && listExemptions(desk, asker, wanted).then(({ page }) => page.found),
  ]);
  return { viewpoint, open: recommendations, exemptions };
};
