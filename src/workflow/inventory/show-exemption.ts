import { readDefenderExemptions, readExemptions } from '../../core/access/access.ts';
import { isLasting, overlapping } from '../../core/exemption/exemption-cover.ts';
import { isRefusal } from '../../core/governance-error.ts';
import type { ReadExemption, ShownExemption } from '../../core/inventory/listed-exemption.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { canSee, takeViewpoint, type Asker } from '../rights/take-viewpoint.ts';
import { together } from './group-exemptions.ts';
import { asListed } from './kept-exemptions.ts';
import { readExemption } from './read-exemption.ts';
import { showOutside } from './revocable-outside.ts';
import { expiringWithinDays } from './shown-state.ts';

/** The name of another exemption that makes all of these redundant; undefined if one of them is needed. */
const coverOfAll = async (desk: Desk, asker: Asker, made: readonly ReadExemption[]): Promise<string | undefined> => {
  const sight = await takeViewpoint(desk, asker, readExemptions);
  const scopes = [...new Set(made.map(({ exemption }) => exemption.scope))];
  const existing = (await desk.exemptions.near(scopes, sight.hierarchy)).filter(({ scope }) => canSee(sight, scope));
  const context = { hierarchy: sight.hierarchy, now: desk.now(), location: undefined, existing };
  const covers = made.map(({ exemption }) => {
    const itself = existing.find(({ id }) => sameId(id, exemption.id));
    return itself === undefined
      ? undefined
      : overlapping(itself, context).find(
          (each) => (each.overlap.kind === 'wider' || each.overlap.kind === 'whole-initiative') && isLasting(each),
        );
  });
  const [first] = covers;
  if (first === undefined || covers.includes(undefined)) return undefined;
  return first.exemption.displayName || first.exemption.name;
};

/** What lists know of an exemption, as far as the asker may see it. */
const asKept = async (desk: Desk, asker: Asker, id: string): Promise<ShownExemption | undefined> => {
  const [found, readAt] = await Promise.all([desk.database.listings.find(id), desk.database.listings.readAt()]);
  if (found === undefined) return undefined;
  const action = found.madeIn === 'policy' ? readExemptions : readDefenderExemptions;
  const sight = await takeViewpoint(desk, asker, action);
  const asOf = readAt[found.madeIn];
  if (asOf === undefined || !canSee(sight, found.exemption.scope)) return undefined;
  const [row] = await asListed(desk, [found], { hierarchy: sight.hierarchy, withinDays: expiringWithinDays });
  return (
    row && { ...row, exemption: { ...row.exemption, description: '' }, coveredBy: undefined, outside: undefined, asOf }
  );
};

/**
 * One exemption by its id, grouped with those made together with it, as far as the asker may see them: as Azure has it now, or as lists know it where
 * Azure does not answer.
 */
export const showExemption = async (desk: Desk, asker: Asker, id: string): Promise<ShownExemption> => {
  try {
    const made = await readExemption(desk, asker, id);
    const [first] = made;
    const [whole = first] = together(made);
    const coveredBy = await coverOfAll(desk, asker, made);
    return { ...whole, exemption: first.exemption, coveredBy, outside: showOutside(made), asOf: undefined };
  } catch (error) {
    const kept = isRefusal(error, 'unavailable') ? await asKept(desk, asker, id) : undefined;
    if (kept === undefined) throw error;
    return kept;
  }
};
