import { readSecureScores } from '../../core/access/access.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { SecureScore } from '../../core/score/secure-score.ts';
import type { Desk } from '../desk.ts';
import { narrowByName, takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

export type ScoreBoard = {
  readonly scores: readonly (SecureScore & { readonly name: string })[];
  readonly viewpoint: Viewpoint;
};

/** The classic secure score of every subscription whose score the asker may read; with a scope name, of those in that scope. */
export const showScore = async (desk: Desk, asker: Asker, scopeName: string): Promise<ScoreBoard> => {
  const whole = await takeViewpoint(desk, asker, readSecureScores);
  const viewpoint = scopeName === '' ? whole : narrowByName(whole, scopeName);
  const scores = await desk.secureScores.scores(viewpoint.where.subscriptions);
  return {
    viewpoint,
    scores: scores.map((score) => ({ ...score, name: scopeLabel(score.subscription, viewpoint.hierarchy) })),
  };
};
