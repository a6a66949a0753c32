import { z } from 'zod';
import { cached } from '../../core/cached.ts';
import { readPage, rowsAtOnce, usualPageSize } from '../../core/list-page.ts';
import type { RecommendationSource, StandingsWanted, Where } from '../../core/tenant/recommendation.ts';
import { severities, severityOf, type Severity } from '../../core/tenant/severity.ts';
import { always, containsAll, fill, isOneOf, literal, queryNamed, type Fragment } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { isEmpty, within } from '../client/where-condition.ts';
import { isInAzure } from './is-in-azure.ts';
import { ofResources } from './of-resources.ts';

/** The rank of a severity in the query: the worst one has the highest, as `bySeverityRank` sorts them. */
const rankOf = (severity: Severity): number => severities.length - severities.indexOf(severity);

/** The rank of the column `severity`; a text that we do not know ranks as `severityOf` reads it. */
const rank: Fragment = {
  kql: `case(${severities.map((each) => `severity =~ ${literal(each).kql}, ${rankOf(each)}`).join(', ')}, ${rankOf(severityOf(''))})`,
};

const standing = z
  .object({
    id: z.string(),
    displayName: z.string(),
    rank: z.number(),
    policyDefinitionId: z.string(),
    unhealthy: z.number(),
    exempted: z.number(),
  })
  .transform(({ id, displayName, rank: ranked, policyDefinitionId, unhealthy, exempted }) => ({
    key: id,
    title: displayName,
    severity: severities.find((each) => rankOf(each) === ranked) ?? severityOf(''),
    policyDefinitionId: policyDefinitionId === '' ? undefined : policyDefinitionId,
    unhealthy,
    exempted,
  }));

const having: Readonly<Record<StandingsWanted['having'], Fragment>> = {
  open: { kql: 'unhealthy > 0' },
  exempt: { kql: 'exempted > 0' },
  either: { kql: 'unhealthy > 0 or exempted > 0' },
};

const ofRank = (said: Severity | undefined): Fragment =>
  said === undefined ? always : { kql: `rank == ${rankOf(said)}` };

/** How well a title fits the text: it is the text, it contains the text in one piece, or neither. */
const fit = ({ closestFirst = false, text = '' }: StandingsWanted): Fragment =>
  closestFirst && text.trim() !== ''
    ? {
        kql: `case(${isOneOf('displayName', [text.trim()]).kql}, 2, ${containsAll('displayName', [text.trim()]).kql}, 1, 0)`,
      }
    : { kql: '0' };

const queryFor = (template: string, places: Readonly<Record<string, Fragment>>, wanted: StandingsWanted): string =>
  fill(template, {
    ...places,
    isInAzure,
    rank,
    ofKeys: wanted.keys === undefined ? always : isOneOf('name', wanted.keys),
    ofResources: ofResources(wanted.resources),
    having: having[wanted.having],
    ofRank: ofRank(wanted.severity),
    titled: containsAll(
      'displayName',
      (wanted.text ?? '').split(/\s+/).filter((word) => word !== ''),
    ),
    exemptable: wanted.exemptable === true ? { kql: "policyDefinitionId != ''" } : always,
    fit: fit(wanted),
  });

/** Lists of recommendations that Azure sorts, counts and cuts. */
export const createStandings = (ask: ResourceGraph, now: () => Date): RecommendationSource['standings'] => {
  const template = queryNamed('recommendation-standings');
  type Question = { readonly where: Where; readonly wanted: StandingsWanted; readonly skip: number };
  const part = cached(
    ({ where, wanted, skip }: Question) => {
      const { body, places } = within(where);
      return ask.part(standing, { ...body, query: queryFor(template, places, wanted) }, { skip, most: rowsAtOnce });
    },
    { what: 'recommendations and their counts', now },
  );
  return async (where, wanted, page = 1) => {
    if (isEmpty(where)) return { rows: [], number: 1, size: usualPageSize, found: 0, isOpen: false };
    const partWith = (row: number) => part({ where, wanted, skip: row - (row % rowsAtOnce) });
    const list = {
      count: async () => (await partWith((Math.max(1, page) - 1) * usualPageSize)).found,
      read: async (skip: number, most: number) =>
        (await partWith(skip)).rows.slice(skip % rowsAtOnce, (skip % rowsAtOnce) + most),
    };
    return readPage(list, page);
  };
};
