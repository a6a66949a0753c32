import { isScope, normalId } from './arm-id.ts';
import { typesMeant } from './resource-type-names.ts';

/** Which resources are meant: those that meet all of it. Everything in it is in lower case. */
export type ResourceFilter = {
  /** ARM types, or last parts of such; one of them. None: any type. */
  readonly types: readonly string[];
  /** The name of a resource group, in which `*` stands for any characters; empty: anywhere. */
  readonly group: string;
  /** Each has to be in the name of the resource, of its parents, its resource group or its provider, or in the id of its subscription. One that begins with `/` is the id of the resource. */
  readonly words: readonly string[];
};

/** As people type it; each may be empty. */
export type TypedResourceFilter = { readonly type: string; readonly group: string; readonly text: string };

/** Whether a search names one resource by its id. */
export const isIdOfOne = (text: string): boolean => isScope(text.trim());

/** Undefined: every resource is meant. */
export const resourceFilterOf = ({ type, group, text }: TypedResourceFilter): ResourceFilter | undefined => {
  const words = isIdOfOne(text)
    ? [normalId(text)]
    : text
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
  const [typed, name] = [type.trim(), group.trim().toLowerCase()];
  if (typed === '' && name === '' && words.length === 0) return undefined;
  return { types: typed === '' ? [] : typesMeant(typed), group: name, words };
};
