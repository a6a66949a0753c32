import type { ExemptionUnit } from '../../core/alert/alert.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { isExpired } from '../../core/exemption/exemption.ts';
import type { AlertKind, Ending, Occurrence } from '../../core/alert/occurrence.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import { alertWords } from '../../core/alert/alert-words.ts';
import type { AlertContext, AlertWords } from '../alert/alert-texts.ts';
import { changeSentence } from './change-words.ts';
import { endKey, unitsOf } from '../inventory/exemption-units.ts';
import type { Gap } from './find-gaps.ts';
import { changedWords, gapAlert, plainWords } from './news-words.ts';
import { endOfUnits, momentOf, occurrenceOf, type NewsContext } from './occurrence-of.ts';
import type { Changed, Stock } from './take-stock.ts';

/** The same change on exemptions of one unit is one occurrence. */
export const changedNews = (context: NewsContext, { changed, live }: Stock): Occurrence[] => {
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
    return occurrenceOf(context, unit, {
      kind: 'changed',
      unitKey: `${unit.key}|changed`,
      steps: [momentOf(context, unit.sightings)],
      words: (about) => changedWords(change.changes, about),
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
    readonly words: (context: AlertContext) => AlertWords;
    readonly ending?: Partial<Ending>;
  },
): Occurrence[] =>
  unitsOf(sightings, new Map()).map((unit) =>
    occurrenceOf(context, unit, {
      kind,
      unitKey: `${unit.key}|${kind}`,
      steps: [momentOf(context, unit.sightings)],
      words,
      ending: ending === undefined ? undefined : { ...endOfUnits([unit]), ...ending },
    }),
  );

export const orphanNews = (context: NewsContext, orphans: readonly Sighting[]): Occurrence[] =>
  newsOf(
    context,
    orphans.filter(({ exemption }) => !isExpired(exemption, context.look.at)),
    { kind: 'orphaned', words: () => plainWords(alertWords.orphaned) },
  );

/** Once for each unit and expiry, however often the compliance underneath changes. */
export const needlessNews = (context: NewsContext, sightings: readonly Sighting[]): Occurrence[] =>
  unitsOf(sightings, new Map()).map((unit: ExemptionUnit) =>
    occurrenceOf(context, unit, {
      kind: 'no-longer-needed',
      unitKey: endKey(unit),
      steps: ['no-longer-needed'],
      words: () => plainWords(alertWords.unneeded),
    }),
  );

/** One occurrence for each assignment, so that a later one is reported too. */
export const gapNews = ({ desk, look }: NewsContext, gaps: readonly Gap[]): Occurrence[] =>
  gaps.flatMap(({ request, targets }) =>
    [...Map.groupBy(targets, ({ assignmentId }) => normalId(assignmentId))].map(([assignmentId, missing]) => ({
      kind: 'gap',
      unitKey: `${request.reference}|gap`,
      steps: [assignmentId],
      scopes: missing.map(({ scope }) => scope),
      severity: request.terms.recommendation.severity,
      alert: gapAlert(request, missing, { hierarchy: look.hierarchy, timeZone: desk.timeZone, request }),
    })),
  );
