import { readSecureScores } from '../../core/access/access.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { SecureScore } from '../../core/score/secure-score.ts';
import type { Desk } from '../desk.ts';
import { findWhyNothingAssessed, readingFor } from '../rights/find-why-empty.ts';
import { narrowByName, takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

export type ScoreBoard = {
  readonly scores: readonly (SecureScore & { readonly name: string })[];
  /** Names of the subscriptions there for which Defender has no score: it assesses nothing in them, which is no 0 %. */
  readonly unscored: readonly string[];
  readonly viewpoint: Viewpoint;
  /** Undefined unless it is empty. */
  readonly whyEmpty: WhyEmpty | undefined;
};

/** Azure has scores of whole subscriptions only. */
const whyNoScore = async (desk: Desk, asker: Asker, whole: Viewpoint, part: Viewpoint): Promise<WhyEmpty> => {
  if (whole.scopes.length > 0 && whole.where.subscriptions.length === 0) return { kind: 'role-too-narrow' };
  return findWhyNothingAssessed(
    desk,
    asker.person,
    { whole, part },
    readSecureScores,
    async () => (await desk.secureScores.scores(whole.where.subscriptions)).length,
  );
};

/** The classic secure score of every subscription whose score the asker may read; with a scope name, of those in that scope. */
export const showScore = (desk: Desk, asker: Asker, scopeName: string): Promise<ScoreBoard> =>
  readingFor('score', () => read(desk, asker, scopeName));

const read = async (desk: Desk, asker: Asker, scopeName: string): Promise<ScoreBoard> => {
  const whole = await takeViewpoint(desk, asker, readSecureScores);
  const isNarrowed = scopeName !== '' && whole.scopes.length > 0;
  const viewpoint = isNarrowed ? narrowByName(whole, scopeName) : whole;
  const { subscriptions } = viewpoint.where;
  const scores = (await desk.secureScores.scores(subscriptions)).filter(({ max }) => max > 0);
  const unscored = subscriptions.filter((each) => !scores.some(({ subscription }) => sameId(subscription, each)));
  return {
    viewpoint,
    unscored: unscored.map((each) => scopeLabel(each, viewpoint.hierarchy)),
    whyEmpty: scores.length > 0 ? undefined : await whyNoScore(desk, asker, whole, viewpoint),
    scores: scores.map((score) => ({ ...score, name: scopeLabel(score.subscription, viewpoint.hierarchy) })),
  };
};
