import { allTrue, negated, someTrue, type Truth } from './truth.ts';

/** People and groups by their object ids, in lower case. */
export type Principals = { readonly people: readonly string[]; readonly groups: readonly string[] };

/** A deny assignment: whom it refuses, and whom it spares all the same. */
export type Refusal = { readonly of: Principals | 'everybody'; readonly but: Principals };

/** Who could give an approval: whoever is among the principals of each need and is not refused. */
type ApproverQuestion = {
  readonly needs: readonly Principals[];
  readonly refusals: readonly Refusal[];
  /** Deny assignments could not be read somewhere: anybody may be refused. */
  readonly mayRefuseMore: boolean;
};

/** The people of a group who could decide: not guests, not disabled. `isWhole`: there are no others in it. */
type KnownGroup = { readonly people: ReadonlySet<string>; readonly isWhole: boolean };

/** What was read of the directory. A group that is missing was not read, or is hidden from Exemption Desk. */
export type Directory = {
  readonly groups: ReadonlyMap<string, KnownGroup>;
  /** Of people with a role of their own: whether they could decide at all. */
  readonly people: ReadonlyMap<string, boolean>;
  /** Of the few whose names may be needed. */
  readonly names: ReadonlyMap<string, string>;
};

/** What is known of those who could approve, as it was read within the last hours. For warnings, never for a decision. */
export type ApproverFacts = {
  readonly question: ApproverQuestion;
  readonly directory: Directory;
  /** Of the groups of the needs, how many could not be read, or not wholly. */
  readonly unread: number;
};

/** At least so many people could approve, and at most so many. */
export type ApproverCount = {
  readonly least: number;
  /** Infinity where nobody can tell. */
  readonly most: number;
  /** The names of those who certainly could, as far as they are known. */
  readonly names: readonly string[];
};

/** Reads what was kept of those who could approve; undefined if nothing was read lately. Asks neither Azure nor Microsoft Graph. */
export type ApproverSource = {
  readonly factsFor: (wanted: {
    readonly rights: readonly { readonly action: string; readonly scope: string }[];
    /** The groups whose members need no permission for these actions. */
    readonly lent: { readonly actions: readonly string[]; readonly groups: readonly string[] };
    /** Lists of the governance file: somebody has to be in each. */
    readonly named: readonly Principals[];
  }) => Promise<ApproverFacts | undefined>;
};

const isIn = (person: string, { people, groups }: Principals, directory: Directory): Truth =>
  someTrue([
    people.includes(person),
    ...groups.map((id): Truth => {
      const group = directory.groups.get(id);
      if (group === undefined) return 'unknown';
      return group.people.has(person) || (group.isWhole ? false : 'unknown');
    }),
  ]);

const isRefused = (person: string, { of, but }: Refusal, directory: Directory): Truth =>
  allTrue([of === 'everybody' ? true : isIn(person, of, directory), negated(isIn(person, but, directory))]);

/** Somebody without a role of their own was read as a member of a group, which has only people who could decide. */
const couldDecideAtAll = (person: string, { people, groups }: Directory): Truth =>
  people.get(person) ?? ([...groups.values()].some((group) => group.people.has(person)) || 'unknown');

const mayBeOthersIn = ({ groups }: Principals, directory: Directory): boolean =>
  groups.some((id) => directory.groups.get(id)?.isWhole !== true);

/**
 * Counts the people who could give an approval that somebody asks for, in three values: what was not read makes the two bounds differ and never
 * counts as a person, nor as none. Pure.
 */
export const countApprovers = ({ question, directory }: ApproverFacts, asker: string | undefined): ApproverCount => {
  const { needs, refusals, mayRefuseMore } = question;
  const among = new Set(
    needs.flatMap(({ people, groups }) => [
      ...people,
      ...groups.flatMap((id) => [...(directory.groups.get(id)?.people ?? [])]),
    ]),
  );
  if (asker !== undefined) among.delete(asker.toLowerCase());
  const verdicts = [...among].map((person) => ({
    person,
    could: allTrue([
      couldDecideAtAll(person, directory),
      ...needs.map((need) => isIn(person, need, directory)),
      ...refusals.map((each) => negated(isRefused(person, each, directory))),
      ...(mayRefuseMore ? (['unknown'] as const) : []),
    ]),
  }));
  const certain = verdicts.filter(({ could }) => could === true);
  const mayBeOthers = needs.every((need) => mayBeOthersIn(need, directory));
  return {
    least: certain.length,
    most: mayBeOthers ? Infinity : verdicts.filter(({ could }) => could !== false).length,
    names: certain.flatMap(({ person }) => directory.names.get(person) ?? []).toSorted(),
  };
};
