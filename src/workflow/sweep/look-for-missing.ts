import { GovernanceError } from '../../core/governance-error.ts';
import { looksLikeLossOfSight } from '../../core/inventory/sweep.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Desk } from '../desk.ts';
import type { SweepLook } from './look-around.ts';
import type { Stock } from './take-stock.ts';

/** Azure is asked about this many in one sweep; the next sweeps ask about the rest. */
const askedInASweep = 100;
const askedBeforeAlarm = 20;
const atATime = 8;

export type Gone = { readonly sighting: Sighting; readonly withScope: boolean };

/** Either the exemptions that Azure confirmed as gone, or why the list cannot be trusted. */
export type Missing = { readonly gone: readonly Gone[] } | { readonly blind: string };

type Answer = Awaited<ReturnType<Desk['exemptions']['fate']>> | 'forbidden' | 'no-answer';

const fateOf = async (desk: Desk, { exemption }: Sighting): Promise<Answer> => {
  try {
    return await desk.exemptions.fate(exemption.id);
  } catch (error) {
    if (!(error instanceof GovernanceError)) throw error;
    return error.code === 'forbidden' ? 'forbidden' : 'no-answer';
  }
};

const fatesOf = async (desk: Desk, missing: readonly Sighting[]) =>
  inParallel(missing, atATime, async (sighting) => ({ sighting, fate: await fateOf(desk, sighting) }));

const isGone = (fate: Answer): boolean => fate === 'deleted' || fate === 'gone-with-scope';

const noRights =
  'Azure does not let Exemption Desk read exemptions that it could read before. Check the roles of its identity.';

const notAll = (seen: number, known: number): string =>
  `Azure shows only ${seen} of ${known} exemptions and does not say that the others are deleted.`;

/** After this time a loss of sight is no longer sudden, and what is still visible counts again. */
const suddenForMs = 24 * 60 * 60_000;

const isSudden = ({ at, progress: { blind } }: SweepLook): boolean =>
  blind === undefined || at.getTime() - blind.since.getTime() < suddenForMs;

/** Why the list cannot be trusted; undefined if it can. Many deletions that Azure confirms are no reason. */
const whyBlind = async (desk: Desk, stock: Stock, known: number): Promise<string | undefined> => {
  const sample = await fatesOf(desk, await desk.database.seen.unlisted([...stock.listed], askedBeforeAlarm));
  if (sample.some(({ fate }) => fate === 'forbidden')) return noRights;
  return sample.every(({ fate }) => isGone(fate)) ? undefined : notAll(stock.listedInSight, known);
};

/** Asks Azure about those that were missing before, in turn: which are gone, and how many it does not let Exemption Desk read. */
export const askAboutMissing = async (
  desk: Desk,
  { at }: SweepLook,
): Promise<{ readonly gone: readonly Gone[]; readonly hidden: number }> => {
  const asked = await fatesOf(desk, await desk.database.seen.missingToAsk(askedInASweep, at));
  return {
    gone: asked.flatMap(({ sighting, fate }) =>
      isGone(fate) ? [{ sighting, withScope: fate === 'gone-with-scope' }] : [],
    ),
    hidden: asked.filter(({ fate }) => fate === 'forbidden').length,
  };
};

/**
 * Finds out what happened to known exemptions that no list shows any more. Absence proves nothing: an exemption is gone only if Azure,
 * asked for it, says so. If very many are missing at once and Azure does not confirm it, Exemption Desk has more likely lost its permissions.
 */
export const lookForMissing = async (desk: Desk, look: SweepLook, stock: Stock): Promise<Missing> => {
  const { seen } = desk.database;
  const known = await seen.countInSight();
  const missing = known - stock.listedInSight;
  const seesNothing = missing > 0 && stock.listed.size === 0;
  if (seesNothing || (looksLikeLossOfSight({ known, missing }) && isSudden(look))) {
    const blind = await whyBlind(desk, stock, known);
    if (blind !== undefined) return { blind };
  }
  if (missing > 0) await seen.markMissing([...stock.listed], look.at);
  const { gone, hidden } = await askAboutMissing(desk, look);
  if (missing > 0 && hidden > 0) desk.tellOperator(noRights, { exemptions: hidden });
  return { gone };
};
