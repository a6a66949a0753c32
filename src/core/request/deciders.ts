import { samePerson, type Person } from '../person.ts';
import type { ExemptionRequest } from './request.ts';

/** The people who approved or rejected requests, each once: in the order of the requests, of each the last one first. Guests never decide. */
export const decidersOf = (requests: readonly Pick<ExemptionRequest, 'approvals' | 'decision'>[]): Person[] => {
  const all = requests
    .flatMap(({ approvals, decision }) => [decision, ...approvals.toReversed()])
    .flatMap((each) => (each === undefined || each.by.isGuest === true ? [] : [each.by]));
  return all.filter((person, index) => all.findIndex((each) => samePerson(each, person)) === index);
};
