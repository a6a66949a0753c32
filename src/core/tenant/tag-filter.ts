import { matchesWildcard } from '../wildcard.ts';

/** A tag that resources are to have, in lower case. */
export type TagWanted = {
  readonly name: string;
  /** `*` stands for any characters; undefined: any value. */
  readonly value: string | undefined;
};

/** `env=prod`, or `env` for any value. Undefined for nothing. Azure compares names of tags without case; people do so with values too. */
export const tagWanted = (typed: string): TagWanted | undefined => {
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(typed.trim()) ?? [];
  const wanted = name.trim().toLowerCase();
  return wanted === '' ? undefined : { name: wanted, value: value?.trim().toLowerCase() };
};

/** True if some tags of Azure have the wanted one among them. */
export const carries = (tags: Readonly<Record<string, string>>, { name, value }: TagWanted): boolean =>
  Object.entries(tags).some(
    ([key, said]) => key.toLowerCase() === name && (value === undefined || matchesWildcard(value, said)),
  );
