type Selector = {
  readonly kind: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
};
/** All of its conditions must match; of several resource selectors one is enough. */
export type ResourceSelector = { readonly name: string; readonly selectors?: readonly Selector[] };
/** An effect that replaces the assigned one, for the references that its selectors name; for all without selectors. */
export type EffectOverride = {
  readonly kind: 'policyEffect';
  readonly value: string;
  readonly selectors?: readonly Selector[];
};

/** The facts that selectors look at. */
export type Selectable = { readonly type: string; readonly location: string };

const isListed = (list: readonly string[], value: string): boolean =>
  list.some((one) => one.toLowerCase() === value.toLowerCase());

const fits = (selector: Selector, value: string): boolean =>
  (selector.in === undefined || isListed(selector.in, value)) &&
  (selector.notIn === undefined || !isListed(selector.notIn, value));

const selects = (selector: Selector, { type, location }: Selectable): boolean => {
  switch (selector.kind) {
    case 'resourceType':
      return fits(selector, type);
    case 'resourceLocation':
      return fits(selector, location);
    case 'resourceWithoutLocation':
      return location === '' ? fits(selector, 'subscriptionLevelResources') : selector.in === undefined;
    case 'policyDefinitionReferenceId':
      return true;
    default:
      // Users and groups, and kinds that nobody knows yet: nothing that Defender assesses is meant.
      return false;
  }
};

export const isSelected = (selectors: readonly ResourceSelector[] | undefined, resource: Selectable): boolean =>
  selectors === undefined ||
  selectors.length === 0 ||
  selectors.some(({ selectors: all = [] }) => all.every((selector) => selects(selector, resource)));

/** The last override that matches a reference decides. */
export const isDisabled = (overrides: readonly EffectOverride[] | undefined, referenceId: string): boolean =>
  overrides
    ?.findLast(({ selectors = [] }) =>
      selectors.every((selector) => selector.kind !== 'policyDefinitionReferenceId' || fits(selector, referenceId)),
    )
    ?.value.toLowerCase() === 'disabled';
