import type { ExemptionUnit } from '../../core/alert/alert.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { isExpired } from '../../core/exemption/exemption.ts';
import type { AlertKind, Occurrence } from '../../core/alert/occurrence.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import { alertWords } from '../../core/alert/alert-words.ts';
import type { AlertContext, AlertWords } from '../alert/alert-texts.ts';
import { changeSentence } from './change-words.ts';
import { endKey, unitsOf } from '../inventory/exemption-units.ts';
import type { Gap } from './find-gaps.ts';
import type { Gone } from './look-for-missing.ts';
import { changedWords, gapAlert, plainWords, revokedWords } from './news-words.ts';
import { momentOf, occurrenceOf, requestOf, type NewsContext } from './occurrence-of.ts';
import type { Changed, Stock } from './take-stock.ts';
import { shouldStand } from './what-should-stand.ts';

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
      unitKey: `${change.before.unitKey}|changed`,
      steps: [momentOf(context, unit.sightings)],
      words: (about) => changedWords(change.changes, about),
    });
  });
};

const newsOf = (
  context: NewsContext,
  sightings: readonly Sighting[],
  { kind, words }: { readonly kind: AlertKind; readonly words: (context: AlertContext) => AlertWords },
): Occurrence[] =>
  unitsOf(sightings, new Map()).map((unit) =>
    occurrenceOf(context, unit, {
      kind,
      unitKey: `${unit.key}|${kind}`,
      steps: [momentOf(context, unit.sightings)],
      words,
    }),
  );

const isRevoked = (context: NewsContext, { sighting }: Gone): boolean =>
  requestOf(context, sighting)?.revocation !== undefined;

/** The expiry is the news. Deleting an expired exemption afterwards is not, nor what the writing of a request takes back. */
const isWorthTelling = (context: NewsContext, gone: Gone): boolean => {
  const { sighting } = gone;
  const { at } = context.look;
  const isSilent = sighting.silentUntil !== undefined && sighting.silentUntil.getTime() > at.getTime();
  const isMissed = shouldStand(requestOf(context, sighting)) || isRevoked(context, gone);
  return !isSilent && !isExpired(sighting.exemption, at) && isMissed;
};

export const goneNews = (context: NewsContext, gone: readonly Gone[]): Occurrence[] => {
  const told = gone.filter((each) => isWorthTelling(context, each));
  const [ours, others] = [true, false].map((revoked) => told.filter((each) => isRevoked(context, each) === revoked));
  const sightingsOf = (withScope: boolean): Sighting[] =>
    (others ?? []).filter((each) => each.withScope === withScope).map(({ sighting }) => sighting);
  return [
    ...newsOf(
      context,
      (ours ?? []).map(({ sighting }) => sighting),
      { kind: 'deleted', words: revokedWords },
    ),
    ...newsOf(context, sightingsOf(false), { kind: 'deleted', words: () => plainWords(alertWords.deleted) }),
    ...newsOf(context, sightingsOf(true), {
      kind: 'no-longer-needed',
      words: () => plainWords(alertWords.goneWithScope),
    }),
  ];
};

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
