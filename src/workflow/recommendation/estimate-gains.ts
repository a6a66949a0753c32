import { readSecureScores } from '../../core/access/access.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import type { Where } from '../../core/tenant/recommendation.ts';
import { potentialGains } from '../../core/score/secure-score.ts';
import type { Desk } from '../desk.ts';
import { takeViewpoint, type Asker } from '../rights/take-viewpoint.ts';

/** The most that the score can rise, as a share of 1, by recommendation key; without zeros. */
export type ScoreGains = ReadonlyMap<string, number>;

const gains = async (desk: Desk, asker: Asker, where: Where): Promise<ScoreGains> => {
  const readable = await takeViewpoint(desk, asker, readSecureScores);
  const subscriptions = where.subscriptions.filter((each) => readable.where.subscriptions.includes(each));
  const [scores, open, catalogue] = await Promise.all([
    desk.secureScores.scores(subscriptions),
    desk.secureScores.openCounts(subscriptions),
    desk.recommendations.catalogue(),
  ]);
  const gained = potentialGains(scores, open);
  const counted = catalogue.filter(({ preview }) => !preview);
  return new Map(
    counted.flatMap(({ key }) => {
      const gain = gained.get(key.toLowerCase());
      return gain === undefined ? [] : [[key, gain] as const];
    }),
  );
};

/** The gains over whole subscriptions there whose score the asker may read; empty if Azure does not answer, because no list waits for it. */
export const estimateGains = async (desk: Desk, asker: Asker, where: Where): Promise<ScoreGains> => {
  return unlessUntold(() => gains(desk, asker, where), new Map());
};
