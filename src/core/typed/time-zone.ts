import { nearest } from '../nearest.ts';

const atMost = 3;

/** The name that Intl uses, sometimes an older one than the name that people know; undefined if there is no such zone. */
const intlName = (zone: string): string | undefined => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

const capitalised = (zone: string): string =>
  /[/_]/.test(zone) ? zone.replace(/(?<=^|[/_-])[a-z]/g, (letter) => letter.toUpperCase()) : zone.toUpperCase();

/** The spelling to keep: “Asia/Kolkata” stays what it is, although Intl would call it Asia/Calcutta. */
const spelled = (typed: string, official: string): string => {
  if (/^(UTC|[+-])/.test(official) || official.toLowerCase() === typed.toLowerCase()) return official;
  return /[A-Z]/.test(typed) ? typed : capitalised(typed);
};

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();

/** Zones that somebody may have meant: the same city in any region, or nearly the same name. */
const meantBy = (typed: string): readonly string[] => {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const city = cityOf(typed.replace(/[\s-]+/g, '_'));
  if (city === '') return [];
  const regions = new Set(zones.map((zone) => zone.slice(0, zone.lastIndexOf('/') + 1)));
  const elsewhere = [...regions].filter((region) => region !== '').map((region) => capitalised(`${region}${city}`));
  const near = [typed, city].map((word) => {
    const lower = nearest(
      word,
      zones.map((zone) => (word === city ? cityOf(zone) : zone.toLowerCase())),
    );
    return zones.find((zone) => [zone.toLowerCase(), cityOf(zone)].includes(lower ?? ''));
  });
  const begins = zones.filter((zone) => cityOf(zone).startsWith(city));
  const candidates = [...elsewhere.filter((zone) => intlName(zone) !== undefined), ...near, ...begins];
  return [...new Set(candidates.filter((zone) => zone !== undefined))].slice(0, atMost);
};

/** A time zone as Intl knows it (IANA names in any casing, old and new ones, and offsets such as +05:30), or the names nearest to it. */
export const readTimeZone = (typed: string): { readonly zone: string } | { readonly near: readonly string[] } => {
  const text = typed.trim();
  const official = intlName(text);
  return official === undefined ? { near: meantBy(text) } : { zone: spelled(text, official) };
};

/** “Did you mean Asia/Kolkata or Asia/Karachi?”; undefined if nothing is near. */
export const zoneQuestion = (near: readonly string[]): string | undefined =>
  near.length === 0 ? undefined : `Did you mean ${near.join(' or ')}?`;
