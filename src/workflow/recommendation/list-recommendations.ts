import { readAssessments } from '../../core/access/access.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import type { ListPage } from '../../core/list-page.ts';
import type { RecommendationStanding, StandingsWanted } from '../../core/tenant/recommendation.ts';
import type { Severity } from '../../core/tenant/severity.ts';
import { resourceFilterOf } from '../../core/tenant/resource-filter.ts';
import { pageOfStandings } from '../../core/tenant/worst-first.ts';
import type { Desk } from '../desk.ts';
import { estimateGains, type ScoreGains } from './estimate-gains.ts';
import { findControlsCalled } from './find-controls.ts';
import { findOwner, matchedWords } from './find-owner.ts';
import { askOfMirror, countFromMirror, needsMirror, untoldWords } from './list-from-mirror.ts';
import { findWhyEmpty, findWhyNothingAssessed, readingFor } from '../rights/find-why-empty.ts';
import { narrowByName, takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

export type RecommendationFilter = {
  readonly text: string;
  readonly severity: Severity | undefined;
  /** Name or id of a subscription or management group, as typed. */
  readonly subscription: string;
  /** ARM resource type, a short name or the last part of one, as typed. */
  readonly type: string;
  /** The name of a resource group, with `*` for any characters, as typed. */
  readonly group: string;
  /** `env=prod`, or `env` for any value, as typed. */
  readonly tag: string;
  /** `me`, or a person as typed; empty: whoever owns them. */
  readonly owner: string;
  /** The name of a control of the secure score or a part of it, as typed. */
  readonly control: string;
  /** Leave out those that no policy exemption can cover. */
  readonly exemptable: boolean;
  /** List those with exempted resources instead of those with unhealthy ones. */
  readonly exempt: boolean;
  /** Which page, from 1. */
  readonly page: number;
};

export type RecommendationList = {
  readonly standings: ListPage<RecommendationStanding>;
  readonly gains: ScoreGains;
  readonly viewpoint: Viewpoint;
  /** The names of the controls that were meant; none if none was named. */
  readonly controls: readonly string[];
  /** The clouds whose resources the list leaves out, because no exemption reaches them. */
  readonly cloudsLeftOut: readonly string[];
  /** Whose resources are meant; undefined unless an owner was asked for. */
  readonly owner: string | undefined;
  /** What made resources that owner's, as a sentence. */
  readonly matched: string | undefined;
  /** What it leaves out or does not know because of the filter, in sentences. */
  readonly caveats: readonly string[];
  /** Undefined unless it is empty. */
  readonly whyEmpty: WhyEmpty | undefined;
};

const everyResource = { resources: undefined, keys: undefined } as const;

/** A page of the recommendations that the asker may see, worst first; or why there are none. */
export const listRecommendations = (
  desk: Desk,
  asker: Asker,
  filter: RecommendationFilter,
): Promise<RecommendationList> =>
  readingFor(filter.exempt ? 'recommendations with exemptions' : 'recommendations', () => list(desk, asker, filter));

/** How many recommendations are open where somebody may see them: the whole list, without a filter. */
export const countOpenRecommendations = async (desk: Desk, { where }: Pick<Viewpoint, 'where'>): Promise<number> => {
  const wanted = { having: 'open', text: '', severity: undefined, exemptable: false, ...everyResource } as const;
  return (await desk.recommendations.standings(where, wanted, 1)).found;
};

const list = async (desk: Desk, asker: Asker, filter: RecommendationFilter): Promise<RecommendationList> => {
  const whole = await takeViewpoint(desk, asker);
  // Who can read nothing needs a role and not another name.
  const isNarrowed = filter.subscription !== '' && whole.scopes.length > 0;
  const viewpoint = isNarrowed ? narrowByName(whole, filter.subscription) : whole;
  const having = filter.exempt ? 'exempt' : 'open';
  const meant =
    filter.control === '' || whole.scopes.length === 0
      ? undefined
      : await findControlsCalled(desk, viewpoint, filter.control);
  const among = {
    resources: resourceFilterOf({ type: filter.type, group: filter.group, text: '' }),
    keys: meant?.flatMap(({ recommendationKeys }) => recommendationKeys),
  };
  const wanted: StandingsWanted = {
    having,
    text: filter.text,
    severity: filter.severity,
    exemptable: filter.exemptable,
    ...among,
  };
  const owner = filter.owner === '' ? undefined : await findOwner(desk, asker, filter.owner, viewpoint);
  const fromMirror = needsMirror(filter)
    ? countFromMirror(
        desk,
        viewpoint,
        await askOfMirror(desk, asker, viewpoint, filter, among.resources, owner?.wanted),
      )
    : undefined;
  const [standings, gains, cloudsLeftOut] = await Promise.all([
    fromMirror === undefined
      ? desk.recommendations.standings(viewpoint.where, wanted, filter.page)
      : fromMirror.then(({ counted }) => pageOfStandings(counted, wanted, filter.page)),
    estimateGains(desk, asker, viewpoint.where),
    // Whoever names a type, a resource group or a tag or an owner of Azure does not look for other clouds; and no list waits for this line.
    among.resources === undefined && fromMirror === undefined
      ? unlessUntold(() => desk.recommendations.cloudsLeftOut(viewpoint.where), [])
      : ([] as const),
  ]);
  const { untold = 0, age, matches } = (await fromMirror) ?? {};
  const caveats = [owner?.caveat, untoldWords(untold, filter), age].filter((each) => each !== undefined);
  const whyEmpty = async (): Promise<WhyEmpty> => {
    const without = async (): Promise<number> => (await desk.recommendations.standings(whole.where, { having })).found;
    if (caveats.length > 0) return { kind: 'could-not-read', because: caveats.join(' ') };
    const words = filter.text.toLowerCase().split(/\s+/);
    const isNamed = ({ title }: { readonly title: string }): boolean =>
      words.every((word) => title.toLowerCase().includes(word));
    const elsewhere =
      filter.text === '' ? [] : (await desk.recommendations.inOtherClouds(viewpoint.where)).filter(isNamed);
    if (elsewhere.length > 0)
      return { kind: 'other-clouds', count: elsewhere.length, clouds: elsewhere.flatMap(({ clouds }) => clouds) };
    const assessed = await desk.recommendations.standings(viewpoint.where, { having: 'either', ...among });
    return assessed.found === 0
      ? findWhyNothingAssessed(desk, asker.person, { whole, part: viewpoint }, readAssessments, without)
      : findWhyEmpty(desk, asker.person, whole, readAssessments, await without());
  };
  const controls = (meant ?? []).map(({ name }) => name);
  return {
    viewpoint,
    gains,
    controls,
    standings,
    cloudsLeftOut,
    owner: owner?.name,
    matched: matches && matchedWords(matches),
    caveats,
    whyEmpty: standings.found > 0 ? undefined : await whyEmpty(),
  };
};
