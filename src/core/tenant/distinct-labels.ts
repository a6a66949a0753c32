import { isGuid, nameOf, resourceGroupOf, resourceTypeOf, scopeKind, subscriptionGuidOf } from './arm-id.ts';

export type Labelled = { readonly id: string; readonly label: string };

/** Ways to write a GUID, shortest first. */
const waysToWrite: readonly ((guid: string) => string)[] = [
  (guid) => `…${guid.slice(-4)}`,
  (guid) => `…${guid.slice(-8)}`,
  (guid) => `…${guid.slice(-12)}`,
  (guid) => `${guid.slice(0, 8)}…`,
];

/** As few characters of the end of each GUID as tell them apart, four at least. */
const endsOf = (guids: readonly (string | undefined)[]): readonly string[] => {
  const known = [...new Set(guids.filter((guid) => guid !== undefined))];
  const way = waysToWrite.find((write) => new Set(known.map(write)).size === known.length) ?? ((guid) => guid);
  return guids.map((guid) => (guid === undefined ? '' : way(guid)));
};

/** `sql-1` of the database `sql-1/master`; empty for a resource that has no parent. */
const parentOf = (id: string): string => {
  const depth = (resourceTypeOf(id)?.split('/').length ?? 0) - 1;
  const parts = id.split('/');
  return parts
    .slice(parts.length - 2 * depth + 1)
    .filter((_, index) => index % 2 === 0)
    .slice(0, -1)
    .join('/');
};

/** What may tell scopes of the same name apart, in the order in which it is written. */
const markers = (ids: readonly string[]): readonly (readonly string[])[] => {
  const isGroup = (id: string): boolean => scopeKind(id) === 'management-group';
  const names = ids.map((id) => (isGroup(id) && !isGuid(nameOf(id)) ? nameOf(id) : ''));
  const guids = ids.map((id, index) => (names[index] === '' ? (subscriptionGuidOf(id) ?? nameOf(id)) : undefined));
  return [names, ids.map(parentOf), ids.map((id) => nameOf(resourceGroupOf(id) ?? '')), endsOf(guids)];
};

const told = (twins: readonly Labelled[]): readonly Labelled[] => {
  const ids = twins.map(({ id }) => id);
  const telling = markers(ids).filter((marks) => new Set(marks).size > 1);
  return twins.map(({ id, label }, index) => {
    const marks = telling.map((each) => each[index] ?? '').filter((mark) => mark !== '');
    return { id, label: marks.length === 0 ? label : `${label} (${marks.join(', ')})` };
  });
};

/**
 * The same scopes in the same order. Where several have the same label, each also gets what tells it apart: the name of a management group,
 * the parent of a resource, its resource group, or the end of the subscription's id.
 */
export const distinctLabels = (scopes: readonly Labelled[]): readonly Labelled[] => {
  const groups = Map.groupBy(scopes, ({ label }) => label.trim().toLowerCase());
  const changed = new Map<Labelled, Labelled>();
  for (const twins of groups.values())
    if (twins.length > 1) told(twins).forEach((each, index) => changed.set(twins[index] ?? each, each));
  return scopes.map((scope) => changed.get(scope) ?? scope);
};
