import { dueStep, expiryOf, stepsUpTo, type LadderStep } from '../../../core/alert/alert.ts';
import { normalId } from '../../../core/tenant/arm-id.ts';
import { kindOf, type Occurrence } from '../../../core/alert/occurrence.ts';
import type { Sighting } from '../../../core/inventory/seen-exemption.ts';
import {
  createdWords,
  emergencyWords,
  expiryWords,
  type AlertContext,
  type AlertWords,
} from '../../alert/alert-texts.ts';
import { endKey, unitsOf } from '../../inventory/exemption-units.ts';
import { isLapsing } from '../../inventory/let-lapse.ts';
import { takenOutWords } from './news-words.ts';
import { endOfUnits, occurrenceOf, requestOf, type NewsContext } from './occurrence-of.ts';
import type { News } from '../judge-portion.ts';
import { isTakenOut } from '../what-should-stand.ts';

type Unit = ReturnType<typeof unitsOf>[number];

/** All members of every unit that something happened to, before and after. */
const touchedUnits = async ({ desk }: NewsContext, { due, returned, made, changed, live }: News) => {
  const { seen } = desk.database;
  const nearer = await seen.find([...due, ...returned]);
  const news = [...made.values(), ...[...changed.values()].map(({ now }) => now)];
  const before = await seen.inUnits([...new Set([...nearer, ...news].map(({ unitKey }) => unitKey))]);
  const now = new Map(before.map((sighting) => [normalId(sighting.exemption.id), sighting]));
  for (const sighting of news) now.set(normalId(sighting.exemption.id), sighting);
  return { before: unitsOf(before, live), now: unitsOf([...now.values()], live) };
};

const inForce = (unit: Unit): Unit => {
  const sightings = unit.sightings.filter(({ orphaned }) => !orphaned);
  const ids = new Set(sightings.map(({ exemption }) => normalId(exemption.id)));
  return { ...unit, sightings, exemptions: unit.exemptions.filter(({ id }) => ids.has(normalId(id))) };
};

/** Since when a unit was not looked at: the last sweep, or the last one that saw all of it. */
const lastSeen = (sightings: readonly Sighting[], last: Date): Date =>
  sightings.flatMap(({ missingSince }) => missingSince ?? []).reduce((a, b) => (b < a ? b : a), last);

const createdNews = (context: NewsContext, unit: Unit, { made }: News): Occurrence[] =>
  unit.sightings.some(({ exemption }) => made.has(normalId(exemption.id)))
    ? [occurrenceOf(context, unit, { kind: 'created', unitKey: unit.key, steps: ['created'], words: createdWords })]
    : [];

/** What is said when an expiry comes nearer or passes. An emergency is taken out, unless somebody approves it. */
const endWords = (context: NewsContext, unit: Unit, step: LadderStep) => {
  const { at } = context.look;
  const { timeZone } = context.desk;
  const [request, expiresAt] = [requestOf(context, unit), expiryOf(unit)];
  return (about: AlertContext): AlertWords => {
    if (request !== undefined && isTakenOut(request, at)) return takenOutWords(about);
    const { emergency } = request ?? {};
    if (request !== undefined && emergency !== undefined && expiresAt?.getTime() === emergency.ratifyBy.getTime())
      return emergencyWords(step, request, emergency.ratifyBy, timeZone);
    return expiryWords(step, expiresAt ?? at, timeZone);
  };
};

const endNews = (context: NewsContext, unit: Unit, before: Unit | undefined): Occurrence[] => {
  const { at, progress } = context.look;
  const { timeZone } = context.desk;
  const step = dueStep(unit, at, timeZone);
  if (step === undefined) return [];
  const since = lastSeen(before?.sightings ?? [], progress.lastCompletedAt ?? at);
  const isOld = before !== undefined && endKey(before) === endKey(unit) && dueStep(before, since, timeZone) === step;
  if (isOld) return [];
  const words = endWords(context, unit, step);
  const ending = step === 'expired' ? endOfUnits([unit], { requesterKnows: unit.reference !== undefined }) : undefined;
  return [
    occurrenceOf(context, unit, { kind: kindOf(step), unitKey: endKey(unit), steps: stepsUpTo(step), words, ending }),
  ];
};

/** Reminders were stopped for this expiry; the expiry itself is still reported. */
const isSilenced = async ({ desk }: NewsContext, { kind, unitKey }: Occurrence): Promise<boolean> =>
  kind === 'expiring' && (await isLapsing(desk, unitKey));

/** New exemptions, and expiry dates that reached a reminder step or passed. After downtime, only the step that is due now. */
export const findLadderNews = async (context: NewsContext, stock: News): Promise<Occurrence[]> => {
  const units = await touchedUnits(context, stock);
  const before = new Map(units.before.map((unit) => [unit.key, inForce(unit)]));
  const news = units.now
    .filter((unit) => requestOf(context, unit)?.status !== 'approved')
    .flatMap((unit) => [
      ...createdNews(context, unit, stock),
      ...endNews(context, inForce(unit), before.get(unit.key)),
    ]);
  const silenced = await Promise.all(news.map((each) => isSilenced(context, each)));
  return news.filter((_, index) => silenced[index] !== true);
};
