import { readAssessments } from '../../core/access/access.ts';
import type { AlertFilter } from '../../core/alert/subscription.ts';
import type { SubscriptionWish } from '../../core/alert/subscription-words.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import { distinctBy } from '../../core/lists.ts';
import type { Person } from '../../core/person.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import { recommendationsNamed } from '../recommendation/find-recommendations.ts';
import { findScope } from '../rights/find-scope.ts';
import { takeViewpoint } from '../rights/take-viewpoint.ts';
import { findTagged } from './find-tagged.ts';

type Recommendation = NonNullable<AlertFilter['recommendation']>;

export type Meant = {
  readonly scopes: readonly string[];
  readonly recommendation: Recommendation | undefined;
  /** No scope was named: these are what lists show to the person. What they may not read live is left out. */
  readonly isWhatTheyRead: boolean;
};

const mostScopes = 10;
const mostTitles = 5;

const findScopes = async (desk: Desk, person: Person, named: SubscriptionWish['scopes'], hierarchy: Hierarchy) => {
  if (named.length > mostScopes)
    throw new GovernanceError('invalid', `One line names at most ${mostScopes} scopes. Send several lines.`);
  const found = await Promise.all(named.map((words) => findScope(desk, person, words, hierarchy)));
  return distinctBy(found, normalId);
};

/** The line with a title, or the key of one that cannot stand in quotes. */
const lineFor = ({ key, title }: Recommendation): string => `recommendation:"${/["“”„]/.test(title) ? key : title}"`;

/** The recommendation with this title or key. A part of a title is a question: whoever subscribes discloses, so nothing is guessed. */
const findRecommendation = async (desk: Desk, person: Person, said: string): Promise<Recommendation> => {
  const { meant } = await recommendationsNamed(desk, { person, channelId: undefined }, said);
  const [{ key }] = meant;
  const isCalled = (title: string): boolean => title.toLowerCase() === said.toLowerCase();
  const only = meant.find(({ title }) => isCalled(title));
  if (only !== undefined) return { key: only.key, title: only.title };
  if (key === said.toLowerCase()) {
    const known = (await desk.recommendations.catalogue()).find((each) => each.key.toLowerCase() === key);
    if (known !== undefined) return { key, title: known.title };
  }
  throw new GovernanceError(
    'not-found',
    `No recommendation that you can see is called exactly “${said}”. Write one of these instead: ${meant.slice(0, mostTitles).map(lineFor).join(' or ')}${meant.length > mostTitles ? ' – or another title in full' : ''}.`,
  );
};

/** Where lists show something to the person, if that is few enough for a channel to be told where it is from. */
const whatTheyRead = async (desk: Desk, person: Person): Promise<readonly string[]> => {
  const { scopes } = await takeViewpoint(desk, { person, channelId: undefined }, readAssessments);
  if (scopes.length === 0)
    throw new GovernanceError(
      'forbidden',
      'As far as is known, none of your Azure roles lets you read recommendations anywhere, so there is nothing that you may subscribe to.',
    );
  if (scopes.length <= mostScopes) return scopes;
  throw new GovernanceError(
    'invalid',
    `You can read ${scopes.length.toLocaleString('en')} places, and one line takes ${mostScopes}. Name the scope as well, such as a management group above them.`,
  );
};

/**
 * What the words after "subscribe" mean: scopes, what carries a tag, a recommendation where whoever says it may read, or several of these. Throws ScopeQuestion where several
 * scopes have a name, and GovernanceError not-found.
 */
export const findMeant = async (
  desk: Desk,
  person: Person,
  {
    scopes: named,
    recommendation: said,
    tag,
    filter,
  }: Pick<SubscriptionWish, 'scopes' | 'recommendation' | 'tag' | 'filter'>,
  hierarchy: Hierarchy,
): Promise<Meant> => {
  const find = async (): Promise<readonly string[]> => {
    const scopes = await findScopes(desk, person, named, hierarchy);
    return tag === undefined ? scopes : findTagged(desk, person, tag, scopes, hierarchy);
  };
  const findTheirs = (): Promise<readonly string[]> => whatTheyRead(desk, person);
  if (said !== undefined) {
    const recommendation = await findRecommendation(desk, person, said);
    const isWhatTheyRead = named.length === 0 && tag === undefined;
    return { recommendation, isWhatTheyRead, scopes: await (isWhatTheyRead ? findTheirs() : find()) };
  }
  if (filter.ours === true && named.length === 0 && tag === undefined)
    return { recommendation: undefined, isWhatTheyRead: true, scopes: await findTheirs() };
  try {
    return { recommendation: undefined, isWhatTheyRead: false, scopes: await find() };
  } catch (error) {
    const [words = [], ...others] = named;
    if (!isRefusal(error, 'not-found') || others.length > 0 || tag !== undefined) throw error;
    const recommendation = await findRecommendation(desk, person, words.join(' ')).catch((another: unknown) => {
      throw isRefusal(another, 'not-found', 'forbidden') ? error : another;
    });
    return { recommendation, isWhatTheyRead: true, scopes: await findTheirs() };
  }
};
