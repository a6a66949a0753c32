import { isUsable } from '../../core/mirror/mirror-lives.ts';
import { reachOf, type Hit, type ProductionHit, type Reach } from '../../core/plan/reach.ts';
import type { Terms } from '../../core/request/terms.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';

const hour = 3_600_000;

/**
 * How many of the resources that a request hits are tagged as production, as far as tags were read for lists: it is shown, and decides nothing.
 * Undefined where the mirror knows no resource of it.
 */
const countProduction = async (
  { database, governance, now }: Desk,
  { scopes, key }: { readonly scopes: readonly string[]; readonly key: string },
  hierarchy: Hierarchy,
): Promise<ProductionHit | undefined> => {
  const [{ all, tagged, untold }, readings] = await Promise.all([
    database.resourceStandings.countTagged({
      sight: scopeFilter({ scopes, hidden: [], hierarchy }),
      key,
      ...governance.productionTags,
    }),
    database.mirror.readings(),
  ]);
  const reading = readings.find(({ part }) => part === 'resources');
  if (all === 0 || reading === undefined) return undefined;
  const isOld = !isUsable('resources', reading.oldest, now());
  const hoursOld = isOld ? Math.round((now().getTime() - reading.oldest.getTime()) / hour) : undefined;
  return { all, tagged, untold, hoursOld };
};

/** What a request hits, with what is tagged as production while it is not decided; `hit`: what Azure told of its resources. */
export const findReach = async (
  desk: Desk,
  { scopes, recommendation: { key } }: Pick<Terms, 'scopes' | 'recommendation'>,
  hit: Hit | undefined,
  hierarchy: Hierarchy,
): Promise<Reach | undefined> =>
  reachOf(scopes, hit, hierarchy, await countProduction(desk, { scopes, key }, hierarchy));
