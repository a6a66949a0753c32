import { coverOf, isLasting, type Overlapping } from '../exemption/exemption-cover.ts';
import type { PlannedExemption, Reference } from '../exemption/exemption-overlap.ts';
import type { Exemption } from '../exemption/exemption.ts';

/** The request to one policy assignment, the part that is still to be written, and the existing exemptions that overlap either. */
export type Asked = {
  readonly assignmentName: string;
  readonly references: readonly Reference[];
  readonly found: readonly Overlapping[];
  /** Undefined: existing exemptions cover all of it until the requested expiry. */
  readonly written: { readonly planned: PlannedExemption; readonly found: readonly Overlapping[] } | undefined;
};

export type FindingCode =
  | 'already-exempt'
  | 'partly-exempt'
  | 'exempt-for-less'
  | 'contradicting-category'
  | 'replaces'
  | 'replaces-expired'
  | 'expired-twin'
  | 'makes-redundant'
  | 'outlasted'
  | 'unclear-cover';

/** The meaning of one existing exemption for a request. */
export type Finding = {
  readonly code: FindingCode;
  readonly exemption: Exemption;
  readonly assignmentName: string;
  readonly exemptsWholeInitiative: boolean;
};

const coversOf = ({ references, found }: Asked): Overlapping[] => [
  ...new Set(references.flatMap((reference) => coverOf(found, reference) ?? [])),
];

/** The meaning of an existing exemption for the one to be written, apart from covering a part of it already; undefined: none. */
const meaningFor = ({ overlap }: Overlapping, isCover: boolean): FindingCode | undefined => {
  if (overlap.kind === 'expired-twin') return overlap.isReplaced ? 'replaces-expired' : 'expired-twin';
  if (overlap.isReplaced) return 'replaces';
  if (isCover || overlap.contradicts) return undefined;
  if (overlap.kind === 'narrower') return overlap.ends === 'later' ? 'outlasted' : 'makes-redundant';
  return overlap.kind === 'unclear' ? 'unclear-cover' : undefined;
};

const findingsOf = (asked: Asked, whereCovered: 'already-exempt' | 'partly-exempt'): Finding[] => {
  const { found, written, assignmentName } = asked;
  const covers = coversOf(asked);
  const isCover = ({ exemption }: Overlapping): boolean => covers.some((cover) => cover.exemption === exemption);
  const replaced = written?.found.filter(({ overlap }) => overlap.isReplaced).map(({ exemption }) => exemption) ?? [];
  const isKept = ({ exemption }: Overlapping): boolean => !replaced.includes(exemption);

  const finding = (code: FindingCode, { exemption, overlap }: Overlapping): Finding => ({
    code,
    exemption,
    assignmentName,
    exemptsWholeInitiative: overlap.kind === 'whole-initiative',
  });
  return [
    ...covers.filter(isLasting).map((each) => finding(whereCovered, each)),
    ...covers.filter((each) => !isLasting(each) && isKept(each)).map((each) => finding('exempt-for-less', each)),
    ...found
      .filter((each) => each.overlap.contradicts && isKept(each))
      .map((each) => finding('contradicting-category', each)),
    ...(written?.found ?? []).flatMap((each) => {
      const code = meaningFor(each, isCover(each));
      return code === undefined ? [] : [finding(code, each)];
    }),
  ];
};

/** The meaning of all existing exemptions for a request at one scope. Blocks as already exempt only if nothing is left to write. Pure. */
export const overlapFindings = (asked: readonly Asked[]): Finding[] => {
  const whereCovered = asked.every(({ written }) => written === undefined) ? 'already-exempt' : 'partly-exempt';
  return asked.flatMap((each) => findingsOf(each, whereCovered));
};
