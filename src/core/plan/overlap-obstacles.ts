import { fewCharacters } from '../visible-text.ts';
import { normalId } from '../tenant/arm-id.ts';
import { formatDay, formatInstant } from '../calendar.ts';
import type { ExemptionCategory } from '../exemption/exemption.ts';
import { scopeLabel, type Hierarchy } from '../tenant/hierarchy.ts';
import type { Obstacle } from './obstacle.ts';
import type { Finding, FindingCode } from './overlap-findings.ts';

/** The requested category and expiry, and how to write names and days. */
export type OverlapWording = {
  readonly category: ExemptionCategory;
  /** Undefined: no expiry. */
  readonly expiresAt: Date | undefined;
  readonly hierarchy: Hierarchy;
  /** IANA name. */
  readonly timeZone: string;
};

type Findings = readonly Finding[];
type Words = (findings: Findings, wording: OverlapWording) => string;

const mostNamed = 3;
const mostPlaces = 2;
const longestName = 40;

/** The first few texts, and the number of the others. */
const firstOf = (texts: readonly string[], most = mostNamed): string => {
  const distinct = [...new Set(texts)];
  const shown = distinct.slice(0, most);
  const rest = distinct.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
};

const nameOf = ({ exemption: { displayName, name } }: Finding): string =>
  `“${fewCharacters(displayName || name, longestName)}”`;

const assignmentsOf = (findings: Findings): string => firstOf(findings.map((each) => each.assignmentName));

/** Includes the time only where the day alone would read like the requested expiry. */
const day = (instant: Date, { timeZone, expiresAt }: OverlapWording): string => {
  const [shown, asked] = [instant, expiresAt].map((each) => (each === undefined ? '' : formatDay(each, timeZone)));
  const isSameDay = shown === asked && instant.getTime() !== expiresAt?.getTime();
  return isSameDay ? formatInstant(instant, timeZone) : formatDay(instant, timeZone);
};

const endOf = ({ exemption: { expiresAt } }: Finding, wording: OverlapWording, until: string): string =>
  expiresAt === undefined ? ' with no expiry date' : `${until} ${day(expiresAt, wording)}`;

/** Exemptions made together, one for each policy assignment, count as one. */
const countOf = (findings: Findings, wording: OverlapWording): number =>
  new Set(findings.map((each) => [nameOf(each), normalId(each.exemption.scope), endOf(each, wording, '')].join('\n')))
    .size;

/** “Migration” on shop-prod / rg-shop until 5 Dec 2026. Exemptions that differ only in their scope are described together. */
const described = (findings: Findings, wording: OverlapWording, until = ' until'): string => {
  const whole = (each: Finding): string =>
    each.exemptsWholeInitiative ? `, for the whole initiative ${each.assignmentName},` : '';
  const rest = (each: Finding): string => `${whole(each)}${endOf(each, wording, until)}`;
  const alike = Map.groupBy(findings, (each) => `${nameOf(each)}${rest(each)}`);
  return firstOf(
    [...alike.values()].map((group) => {
      const places = group.map(({ exemption }) => scopeLabel(exemption.scope, wording.hierarchy));
      return group
        .slice(0, 1)
        .map((each) => `${nameOf(each)} on ${firstOf(places, mostPlaces)}${rest(each)}`)
        .join('');
    }),
  );
};

const newEnd = ({ expiresAt, timeZone }: OverlapWording): string =>
  expiresAt === undefined ? 'with no expiry date' : `until ${formatDay(expiresAt, timeZone)}`;

const selectorsStay = (findings: Findings): string =>
  findings.some(({ exemption }) => (exemption.resourceSelectors ?? []).length > 0)
    ? ' Its existing resource selectors remain and limit what it covers.'
    : '';

const sentences: Readonly<Record<FindingCode, Words>> = {
  'already-exempt': (findings, wording) => {
    const ends = findings.every(({ exemption }) => exemption.expiresAt !== undefined);
    return `This is already exempt by ${described(findings, wording)}.${ends ? ' To extend it, choose a later expiry date.' : ''}`;
  },
  'partly-exempt': (findings, wording) =>
    `Already exempt from ${assignmentsOf(findings)} by ${described(findings, wording)}; the request covers what is missing.`,
  'exempt-for-less': (findings, wording) =>
    `Already exempt from ${assignmentsOf(findings)} by ${described(findings, wording)}. The new exemption continues from there, ${newEnd(wording)}.`,
  'contradicting-category': (findings, wording) => {
    const theirs = wording.category === 'Waiver' ? 'Mitigated' : 'Waiver';
    const one = countOf(findings, wording) === 1;
    return `${described(findings, wording)} ${one ? 'is' : 'are'} ${theirs}, but you ask for ${wording.category}. Two categories conflict: choose ${theirs}, or have the other ${one ? 'exemption' : 'exemptions'} revoked.`;
  },
  replaces: (findings, wording) =>
    `The new exemption (${wording.category}, ${newEnd(wording)}) replaces ${described(findings, wording)}.${selectorsStay(findings)}`,
  'replaces-expired': (findings, wording) =>
    `The new exemption replaces ${described(findings, wording, ', which expired on')}.${selectorsStay(findings)}`,
  'expired-twin': (findings, wording) => {
    const one = countOf(findings, wording) === 1;
    return `${described(findings, wording, ' expired on')} and ${one ? 'remains' : 'remain'} in Azure next to the new exemption. Have ${one ? 'it' : 'them'} deleted.`;
  },
  'makes-redundant': (findings, wording) => {
    const [count, names] = [countOf(findings, wording), firstOf(findings.map(nameOf))];
    return count === 1
      ? `The new exemption makes the narrower ${names} redundant.`
      : `The new exemption makes ${count} narrower ones redundant: ${names}.`;
  },
  outlasted: (findings, wording) => {
    const [count, names] = [countOf(findings, wording), firstOf(findings.map(nameOf))];
    return count === 1
      ? `The narrower ${names} lasts longer than the new exemption.`
      : `${count} narrower exemptions last longer than the new one: ${names}.`;
  },
  'unclear-cover': (findings, wording) =>
    `Exemption Desk cannot tell how far ${described(findings, wording)} ${countOf(findings, wording) === 1 ? 'covers' : 'cover'} this: it depends on resource selectors.`,
};

const kindOf = (code: FindingCode): Obstacle['kind'] =>
  code === 'already-exempt' ? 'blocking' : code === 'unclear-cover' ? 'not-checked' : 'warning';

/** Describes what the existing exemptions mean for a request: one obstacle for each kind of finding, however many scopes it has. Pure. */
export const overlapObstacles = (findings: Findings, wording: OverlapWording): Obstacle[] =>
  [...Map.groupBy(findings, ({ code }) => code)].map(([code, alike]) => ({
    code,
    kind: kindOf(code),
    sentence: sentences[code](alike, wording),
  }));
