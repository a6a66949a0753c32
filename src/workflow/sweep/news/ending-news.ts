import { stepsUpTo, expiryOf } from '../../../core/alert/alert.ts';
import { alertWords } from '../../../core/alert/alert-words.ts';
import { continuedKey } from '../../../core/alert/ending.ts';
import { outcomeWords } from '../../../core/alert/outcome-words.ts';
import type { Occurrence } from '../../../core/alert/occurrence.ts';
import { isExpired } from '../../../core/exemption/exemption.ts';
import type { DeletedHere } from '../../../core/inventory/cleanup.ts';
import type { Sighting } from '../../../core/inventory/seen-exemption.ts';
import { normalId } from '../../../core/tenant/arm-id.ts';
import { expiryWords } from '../../alert/alert-texts.ts';
import { endKey, unitsOf } from '../../inventory/exemption-units.ts';
import type { Continued } from '../judge-found.ts';
import type { Gone } from '../look-for-missing.ts';
import {
  cleanedWords,
  continuedWords,
  plainWords,
  revokedOutsideWords,
  revokedWords,
  takenOutWords,
} from './news-words.ts';
import { endOfUnits, momentOf, occurrenceOf, requestOf, type NewsContext } from './occurrence-of.ts';
import { newsOf } from './other-news.ts';
import type { News } from '../judge-portion.ts';
import { isTakenOut, shouldStand } from '../what-should-stand.ts';

type Fate =
  | 'taken-out'
  | 'revoked'
  | 'revoked-outside'
  | 'expired'
  | 'expired-before'
  | 'cleaned'
  | 'deleted'
  | 'with-scope'
  | 'untold';

type DeletedHereById = ReadonlyMap<string, DeletedHere>;

/** Whether an exemption expired after the last sweep, so that nobody was told of the expiry yet. */
const hasJustExpired = ({ look: { at, progress } }: NewsContext, { exemption }: Sighting): boolean =>
  !isExpired(exemption, progress.lastCompletedAt ?? at);

/**
 * What became of an exemption that is gone, as people are told. If it expired, the expiry is the news, and the deletion is none: whoever was
 * told the expiry hears nothing again, because it is claimed.
 */
const fateOf = (context: NewsContext, deletedHere: DeletedHereById, { sighting, withScope }: Gone): Fate => {
  const request = requestOf(context, sighting);
  if (request !== undefined && isTakenOut(request)) return 'taken-out';
  if (request?.revocation !== undefined) return 'revoked';
  const here = deletedHere.get(normalId(sighting.exemption.id));
  const isCleaned = here !== undefined;
  if (!shouldStand(request) && !isCleaned) return 'untold';
  if (isExpired(sighting.exemption, context.look.at) && !sighting.orphaned)
    return hasJustExpired(context, sighting) ? 'expired' : 'expired-before';
  if (isCleaned) return here.revocation === undefined ? 'cleaned' : 'revoked-outside';
  if (isExpired(sighting.exemption, context.look.at)) return 'untold';
  return withScope ? 'with-scope' : 'deleted';
};

/** The end of an expiry, claimed like the expiry that a sweep finds in Azure: whichever is found first is told. */
const expiryNews = (context: NewsContext, sightings: readonly Sighting[], fate: Fate): Occurrence[] =>
  unitsOf(sightings, new Map()).map((unit) =>
    occurrenceOf(context, unit, {
      kind: 'expired',
      unitKey: endKey(unit),
      steps: stepsUpTo('expired'),
      words:
        fate === 'taken-out'
          ? takenOutWords
          : ({ at, timeZone }) => expiryWords('expired', expiryOf(unit) ?? at, timeZone),
      ending: endOfUnits([unit], {
        onlyToHearers: fate === 'expired-before',
        requesterKnows: unit.reference !== undefined,
      }),
    }),
  );

/** What was made outside and revoked here. Those that one person revoked for one reason are told together. */
const revokedOutsideNews = (
  context: NewsContext,
  sightings: readonly Sighting[],
  deletedHere: DeletedHereById,
): Occurrence[] => {
  const hereOf = ({ exemption }: Sighting) => deletedHere.get(normalId(exemption.id));
  const alike = (each: Sighting): string => {
    const revocation = hereOf(each)?.revocation;
    return JSON.stringify([revocation?.byName, revocation?.reason]);
  };
  return [...Map.groupBy(sightings, alike).values()].flatMap((those) =>
    newsOf(context, those, {
      kind: 'deleted',
      words: (about) => revokedOutsideWords(those[0] && hereOf(those[0]), about),
      ending: {},
    }),
  );
};

/** Exemptions that are gone: taken out by Exemption Desk, expired, cleaned up, or deleted outside. `deletedHere` has normal ids. */
export const goneNews = (context: NewsContext, gone: readonly Gone[], deletedHere: DeletedHereById): Occurrence[] => {
  const byFate = Map.groupBy(gone, (each) => fateOf(context, deletedHere, each));
  const those = (fate: Fate): Sighting[] => (byFate.get(fate) ?? []).map(({ sighting }) => sighting);
  return [
    ...(['taken-out', 'expired', 'expired-before'] as const).flatMap((fate) => expiryNews(context, those(fate), fate)),
    ...newsOf(context, those('revoked'), { kind: 'deleted', words: revokedWords, ending: { requesterKnows: true } }),
    ...revokedOutsideNews(context, those('revoked-outside'), deletedHere),
    ...newsOf(context, those('cleaned'), {
      kind: 'deleted',
      words: (about, { exemptions: [first] }) => cleanedWords(first && deletedHere.get(normalId(first.id)), about),
      ending: { onlyToHearers: true },
    }),
    ...newsOf(context, those('deleted'), {
      kind: 'deleted',
      words: (about) => plainWords(alertWords.deleted, outcomeWords.deleted(about)),
      ending: {},
    }),
    ...newsOf(context, those('with-scope'), {
      kind: 'no-longer-needed',
      words: (about) => plainWords(alertWords.goneWithScope, outcomeWords.scopeGone(about)),
      ending: {},
    }),
  ];
};

/** Exemptions that go on: renewed, adopted, or approved after an emergency. For whoever was told of them before. */
export const continuedNews = (context: NewsContext, { continued, live }: News): Occurrence[] => {
  const byId = new Map<string, Continued>([...continued.values()].map((each) => [each.now.exemption.id, each]));
  return unitsOf(
    [...byId.values()].map(({ now }) => now),
    live,
  ).flatMap((unit) => {
    const members = unit.sightings.flatMap(({ exemption }) => byId.get(exemption.id) ?? []);
    const [first] = members;
    if (first === undefined) return [];
    return occurrenceOf(context, unit, {
      kind: 'changed',
      unitKey: continuedKey(unit.key),
      steps: [`${first.how} ${expiryOf(unit)?.toISOString() ?? 'never'}`],
      words: (about) => continuedWords(first.how, first.before.reference, about),
      ending: endOfUnits(
        unitsOf(
          members.map(({ before }) => before),
          new Map(),
        ),
        { onlyToHearers: true, requesterKnows: true },
      ),
    });
  });
};

/** Exemptions whose policy assignment exists again, for whoever was told that it was gone. */
export const revivedNews = (context: NewsContext, revived: readonly Sighting[]): Occurrence[] =>
  unitsOf(
    revived.filter(({ exemption }) => !isExpired(exemption, context.look.at)),
    new Map(),
  ).map((unit) =>
    occurrenceOf(context, unit, {
      kind: 'orphaned',
      unitKey: `${unit.key}|orphaned`,
      steps: [`again ${momentOf(context, unit.sightings)}`],
      words: (about) => ({ ...alertWords.inForceAgain, rows: [], outcome: outcomeWords.inForceAgain(about) }),
      toAll: true,
      ending: { of: [`${unit.key}|orphaned`], onlyToHearers: true, requesterKnows: false },
    }),
  );
