import type { ExemptionUnit } from '../../../core/alert/alert.ts';
import { isExpired } from '../../../core/exemption/exemption.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import type { AlertKind, Ending, Occurrence } from '../../../core/alert/occurrence.ts';
import type { Sighting } from '../../../core/inventory/seen-exemption.ts';
import { alertWords } from '../../../core/alert/alert-words.ts';
import { outcomeWords } from '../../../core/alert/outcome-words.ts';
import type { AlertContext, AlertWords } from '../../alert/alert-texts.ts';
import { changeSentence } from './change-words.ts';
import { unitsOf } from '../../inventory/exemption-units.ts';
import type { ClosedGap, OpenGap } from '../follow-gaps.ts';
import { changedWords, closedGapAlert, gapAlert, plainWords } from './news-words.ts';
import { endOfUnits, momentOf, occurrenceOf, type NewsContext } from './occurrence-of.ts';
import type { Changed, News } from '../judge-portion.ts';

/** The same change on exemptions of one unit is one occurrence. */
export const changedNews = (context: NewsContext, { changed, live }: News): Occurrence[] => {
  const sentencesOf = (changes: Changed['changes']): string[] =>
    changes.map((change) => changeSentence(change, context.desk.timeZone));
  const byId = new Map([...changed.values()].map((each) => [each.now.exemption.id, each]));
  const alike = ({ exemption }: Sighting): string => {
    const found = byId.get(exemption.id);
    return JSON.stringify([found?.before.unitKey, sentencesOf(found?.changes ?? [])]);
  };
  return unitsOf(
    [...byId.values()].map(({ now }) => now),
    live,
    alike,
  ).flatMap((unit) => {
    const [first] = unit.sightings;
    const change = first === undefined ? undefined : byId.get(first.exemption.id);
    if (change === undefined) return [];
    const by = unit.sightings.flatMap(({ exemption }) => byId.get(exemption.id)?.by ?? []);
    return occurrenceOf(context, unit, {
      kind: 'changed',
      unitKey: `${unit.key}|changed`,
      steps: [momentOf(context, unit.sightings)],
      words: (about) => changedWords(change.changes, by, about),
      toAll: true,
      // Another expiry ends what was said about the one before.
      ending: change.changes.some(({ field }) => field === 'expiry')
        ? endOfUnits(unitsOf([change.before], new Map()))
        : undefined,
    });
  });
};

/** One event for each unit of these sightings, once for their current state. */
export const newsOf = (
  context: NewsContext,
  sightings: readonly Sighting[],
  {
    kind,
    words,
    ending,
  }: {
    readonly kind: AlertKind;
    readonly words: (context: AlertContext, unit: ExemptionUnit) => AlertWords;
    readonly ending?: Partial<Ending>;
  },
): Occurrence[] =>
  unitsOf(sightings, new Map()).map((unit) =>
    occurrenceOf(context, unit, {
      kind,
      unitKey: `${unit.key}|${kind}`,
      steps: [momentOf(context, unit.sightings)],
      words: (about) => words(about, unit),
      ending: ending === undefined ? undefined : { ...endOfUnits([unit]), ...ending },
    }),
  );

export const orphanNews = (context: NewsContext, orphans: readonly Sighting[]): Occurrence[] =>
  newsOf(
    context,
    orphans.filter(({ exemption }) => !isExpired(exemption, context.look.at)),
    { kind: 'orphaned', words: (about) => plainWords(alertWords.orphaned, outcomeWords.orphaned(about)) },
  );

const gapKey = ({ reference }: Pick<ExemptionRequest, 'reference'>): string => `${reference}|gap`;

const needlessKey = ({ key }: Pick<ExemptionUnit, 'key'>): string => `${key}|no-longer-needed`;

export const needlessNews = (context: NewsContext, sightings: readonly Sighting[]): Occurrence[] =>
  unitsOf(sightings, new Map()).map((unit) =>
    occurrenceOf(context, unit, {
      kind: 'no-longer-needed',
      unitKey: needlessKey(unit),
      steps: [`unneeded ${momentOf(context, unit.sightings)}`],
      words: () => plainWords(alertWords.unneeded),
    }),
  );

/** For whoever was told that they are not needed. */
export const neededAgainNews = (context: NewsContext, sightings: readonly Sighting[]): Occurrence[] =>
  unitsOf(sightings, new Map()).map((unit) =>
    occurrenceOf(context, unit, {
      kind: 'no-longer-needed',
      unitKey: needlessKey(unit),
      steps: [`needed again ${momentOf(context, unit.sightings)}`],
      words: (about) => plainWords(alertWords.neededAgain, outcomeWords.neededAgain(about)),
      ending: { of: [needlessKey(unit)], onlyToHearers: true, requesterKnows: false },
    }),
  );

/** One occurrence for each assignment, so that a later one is reported too, and again each time that its gap opens. */
export const gapNews = ({ desk, look }: Omit<NewsContext, 'requests'>, gaps: readonly OpenGap[]): Occurrence[] =>
  gaps.map(({ request, assignmentId, round, targets }) => ({
    kind: 'gap',
    unitKey: gapKey(request),
    replaces: `${gapKey(request)}|${assignmentId}`,
    steps: [round === 1 ? assignmentId : `${assignmentId} ${round}`],
    scopes: targets.map(({ scope }) => scope),
    severity: request.terms.recommendation.severity,
    alert: gapAlert(request, targets, { hierarchy: look.hierarchy, timeZone: desk.timeZone, request }),
  }));

/** Gaps that are closed, for whoever was told of one of the request. */
export const closedGapNews = (
  { desk, look }: Omit<NewsContext, 'requests'>,
  gaps: readonly ClosedGap[],
): Occurrence[] =>
  gaps.map(({ request, assignmentId, assignmentName, round }) => ({
    kind: 'gap',
    unitKey: gapKey(request),
    replaces: `${gapKey(request)}|${assignmentId}`,
    steps: [`closed ${assignmentId} ${round}`],
    scopes: request.terms.scopes,
    severity: request.terms.recommendation.severity,
    alert: closedGapAlert(request, assignmentName, { hierarchy: look.hierarchy, timeZone: desk.timeZone, request }),
    ending: { of: [gapKey(request)], onlyToHearers: true, requesterKnows: false },
    outcome: {
      keys: [`${gapKey(request)}|${assignmentId}`],
      outcome: {
        ...outcomeWords.gapClosed({ at: look.at, timeZone: desk.timeZone }),
        step: alertWords.gapClosed.step,
        event: `closed ${assignmentId} ${round}`,
      },
    },
  }));
