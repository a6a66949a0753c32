import type { ActionData, ListMeant } from '../actions.ts';
import { action } from '../card-action.ts';
import { counted } from '../../core/first-few.ts';

/** What a list meant, of which only the resources are shown. */
export type NarrowedInput = {
  readonly meant: ListMeant;
  readonly owner: string | undefined;
  /** How many resources are unhealthy, those included that the list did not mean. */
  readonly all: number;
  /** How many of the page are not unhealthy any more since they were read for lists. */
  readonly changed: number;
};

const meantWords = ({ meant, owner }: NarrowedInput): string => {
  const named = {
    sub: meant.subscription,
    rg: meant.group,
    type: meant.type,
    tag: meant.tag,
    owner: owner ?? meant.owner,
  };
  return Object.entries(named)
    .flatMap(([name, typed = '']) => (typed === '' ? [] : [`${name}: ${typed}`]))
    .join(', ');
};

/** Why fewer rows are there than were read for lists. */
const changedWords = (changed: number): string =>
  changed === 0
    ? ''
    : `${counted(changed, 'resource')} of this page ${changed === 1 ? 'is' : 'are'} not unhealthy any more since the last reading.`;

type Carried = Partial<Extract<ActionData, { verb: 'show-recommendation' }>>;

/** The line that says what the list meant, with the button that shows all. */
export const narrowedParts = (assessmentKey: string, narrowed: NarrowedInput | undefined, carried: Carried) =>
  narrowed === undefined
    ? { meant: '', changed: '', widen: null }
    : {
        meant: meantWords(narrowed),
        changed: changedWords(narrowed.changed),
        widen: action(`Show all ${counted(narrowed.all, 'resource')}`, {
          verb: 'show-recommendation',
          assessmentKey,
          page: 1,
          ...carried,
          widened: true,
        }),
      };
