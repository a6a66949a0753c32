import type { Occurrence } from '../../core/alert/occurrence.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { continuedNews, goneNews, revivedNews } from './news/ending-news.ts';
import type { Needless } from './find-needless.ts';
import { findLadderNews } from './news/find-ladder-news.ts';
import type { News } from './judge-portion.ts';
import { listNews } from './list-news.ts';
import type { SweepLook } from './look-around.ts';
import type { Gone } from './look-for-missing.ts';
import type { NewsContext } from './news/occurrence-of.ts';
import { changedNews, neededAgainNews, needlessNews, orphanNews } from './news/other-news.ts';
import { tellOccurrences } from './tell-occurrences.ts';

/** What a sweep finds out besides the exemptions that it read. */
export type Others = {
  readonly gone: readonly Gone[];
  readonly orphans: readonly Sighting[];
  /** The normal ids of exemptions whose policy assignment exists again. */
  readonly revived: readonly string[];
  readonly needless: Needless | undefined;
};

const noOthers: Others = {
  gone: [],
  orphans: [],
  revived: [],
  needless: undefined,
};

const requestsNamed = async (
  desk: Desk,
  sightings: readonly Sighting[],
): Promise<ReadonlyMap<string, ExemptionRequest>> => {
  const references = [...new Set(sightings.flatMap(({ reference }) => reference ?? []))];
  const requests = references.length === 0 ? [] : await desk.database.requests.list({ references });
  return new Map(requests.map((request) => [request.reference, request]));
};

const toldOf = ({ changed, continued }: News): Sighting[] =>
  [...changed.values(), ...continued.values()].map(({ now }) => now);

const occurrencesOf = async (desk: Desk, look: SweepLook, news: News, others: Others): Promise<Occurrence[]> => {
  const { gone, orphans, needless } = others;
  const revived = others.revived.length === 0 ? [] : await desk.database.seen.find(others.revived);
  const nearer = await desk.database.seen.find([...news.due, ...news.returned]);
  const context: NewsContext = {
    desk,
    look,
    requests: await requestsNamed(desk, [
      ...nearer,
      ...news.made.values(),
      ...toldOf(news),
      ...gone.map(({ sighting }) => sighting),
      ...orphans,
      ...revived,
      ...(needless?.units ?? []),
      ...(needless?.unitsAgain ?? []),
    ]),
  };
  const deletedHere = await desk.database.cleanups.deletedAmong(gone.map(({ sighting }) => sighting.exemption.id));
  return [
    ...changedNews(context, news),
    ...goneNews(context, gone, deletedHere),
    ...continuedNews(context, news),
    ...orphanNews(context, orphans),
    ...revivedNews(context, revived),
    ...needlessNews(context, needless?.units ?? []),
    ...neededAgainNews(context, needless?.unitsAgain ?? []),
    ...(await findLadderNews(context, news)),
  ];
};

/**
 * Raises the alerts about a portion of the news and, with the last one, about everything else that the sweep found. Then it stores what was told. After
 * a crash before that, the next sweep finds the same again, and claims prevent a second alert.
 */
export const tellNews = async (desk: Desk, look: SweepLook, news: News, others: Others | undefined): Promise<void> => {
  await tellOccurrences(desk, look, await occurrencesOf(desk, look, news, others ?? noOthers));
  const { seen } = desk.database;
  await seen.save([...news.made.values(), ...toldOf(news)], look.at);
  await listNews(desk, look, news);
  await seen.markFound([...news.returned]);
};
