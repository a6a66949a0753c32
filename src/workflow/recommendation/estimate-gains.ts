import { readSecureScores } from '../../core/access/access.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import type { Where } from '../../core/tenant/recommendation.ts';
import { potentialGains } from '../../core/score/secure-score.ts';
import type { Desk } from '../desk.ts';
import { takeViewpoint, type Asker } from '../rights/take-viewpoint.ts';

/** The most that the score can rise, as a share of 1, by recommendation key; without zeros. */
export type ScoreGains = ReadonlyMap<string, number>;

type Catalogue = Awaited<ReturnType<Desk['recommendations']['catalogue']>>;

const known = new WeakMap<Catalogue, ReadonlySet<string>>();

/** The keys, in lower case, of all recommendations that count in the score: those in preview do not. Made once for each catalogue. */
const countedKeys = (catalogue: Catalogue): ReadonlySet<string> => {
  const made =
    known.get(catalogue) ?? new Set(catalogue.filter(({ preview }) => !preview).map(({ key }) => key.toLowerCase()));
  known.set(catalogue, made);
  return made;
};

const gains = async (desk: Desk, asker: Asker, where: Where): Promise<ScoreGains> => {
  const readable = await takeViewpoint(desk, asker, readSecureScores);
  const subscriptions = where.subscriptions.filter((each) => readable.where.subscriptions.includes(each));
  const [scores, open, catalogue] = await Promise.all([
    desk.secureScores.scores(subscriptions),
    desk.secureScores.openCounts(subscriptions),
    desk.recommendations.catalogue(),
  ]);
  const gained = await potentialGains(scores, open);
  const counted = countedKeys(catalogue);
  return new Map([...gained].filter(([key]) => counted.has(key)));
};

/** The gains over whole subscriptions there whose score the asker may read; empty if Azure does not answer, because no list waits for it. */
export const estimateGains = async (desk: Desk, asker: Asker, where: Where): Promise<ScoreGains> => {
  return unlessUntold(() => gains(desk, asker, where), new Map());
};
