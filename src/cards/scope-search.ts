const prefix = 'scopes.';

/** The name of the search in a form, which Teams sends back with each letter. */
export const datasetOf = (draftId: string): string => `${prefix}${draftId}`;

/** The form of a search; undefined for any other name. Whoever sends it may have made it up. */
export const draftIn = (dataset: string): string | undefined =>
  dataset.startsWith(prefix) ? dataset.slice(prefix.length) : undefined;
