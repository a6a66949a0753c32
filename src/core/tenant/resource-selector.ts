/** One condition of a resource selector; kinds named as in Azure: resourceLocation, resourceType, … */
type SelectorCondition = {
  readonly kind: string;
  readonly in: readonly string[] | undefined;
  readonly notIn: readonly string[] | undefined;
};

/** All of its conditions must be met. Of several selectors, one is enough. */
export type ResourceSelector = readonly SelectorCondition[];

/** The facts that selectors look at; undefined: unknown, or not a single resource. */
export type Selectable = {
  readonly resourceType: string | undefined;
  readonly location: string | undefined;
  readonly referenceId: string | undefined;
};

type Answer = 'yes' | 'no' | 'unknown';

const plain = (text: string): string => text.replace(/\s/g, '').toLowerCase();

const holds = ({ in: wanted, notIn }: SelectorCondition, value: string | undefined): Answer => {
  if (value === undefined) return 'unknown';
  const isIn = (list: readonly string[]): boolean => list.some((each) => plain(each) === plain(value));
  return (wanted === undefined || isIn(wanted)) && (notIn === undefined || !isIn(notIn)) ? 'yes' : 'no';
};

const meets = (condition: SelectorCondition, resource: Selectable): Answer => {
  switch (plain(condition.kind)) {
    case 'resourcelocation':
      return holds(condition, resource.location);
    case 'resourcetype':
      return holds(condition, resource.resourceType);
    case 'policydefinitionreferenceid':
      return holds(condition, resource.referenceId);
    default:
      return 'unknown';
  }
};

/** Whether the location of a resource decides. */
export const looksAtLocation = (selectors: readonly ResourceSelector[]): boolean =>
  selectors.flat().some(({ kind }) => plain(kind) === 'resourcelocation');

/** Whether the selectors select a resource. No selectors select everything; an unknown kind gives an uncertain answer. */
export const selects = (selectors: readonly ResourceSelector[], resource: Selectable): Answer => {
  if (selectors.length === 0) return 'yes';
  const answers = selectors.map((conditions): Answer => {
    const met = conditions.map((condition) => meets(condition, resource));
    return met.includes('no') ? 'no' : met.includes('unknown') ? 'unknown' : 'yes';
  });
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
};
