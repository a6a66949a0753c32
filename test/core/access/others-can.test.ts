import { othersCan, type Others } from '../../../src/core/access/others-can.ts';

const [bob, carol, dan] = ['Bob Meier', 'Carol Diaz', 'Dan Dorn'];
const at = (name: string, ...places: string[]) => ({ name, places });

describe('who could delete what somebody may not delete', () => {
  it.each<{ readonly what: string; readonly others: Others; readonly words: string }>([
    {
      what: 'nobody who is known',
      others: { count: 2, places: ['a'], placesInAll: 1, people: [] },
      words:
        '2 exemptions in a could be deleted, but not by you: ask somebody who is Owner, Security Admin or Resource Policy Contributor there.',
    },
    {
      what: 'one, of one',
      others: { count: 1, places: ['a'], placesInAll: 1, people: [at(bob, 'a')] },
      words:
        'One exemption in a could be deleted, but not by you. Bob Meier could delete it, and so could whoever is Owner, Security Admin or Resource Policy Contributor there.',
    },
    {
      what: 'two, of everything',
      others: { count: 1200, places: ['a', 'b'], placesInAll: 2, people: [at(bob, 'a', 'b'), at(carol, 'a', 'b')] },
      words:
        '1,200 exemptions in a, b could be deleted, but not by you. Bob Meier and Carol Diaz could delete them, and so could whoever is Owner, Security Admin or Resource Policy Contributor there.',
    },
    {
      what: 'three, not all of them of everything',
      others: {
        count: 3,
        places: ['a', 'b'],
        placesInAll: 2,
        people: [at(bob, 'a'), at(carol, 'a', 'b'), at(dan, 'a')],
      },
      words:
        '3 exemptions in a, b could be deleted, but not by you. Carol Diaz could delete those in a and b, Bob Meier and Dan Dorn those in a; so could whoever is Owner, Security Admin or Resource Policy Contributor there.',
    },
    {
      what: 'where more places exist than are named',
      others: { count: 9, places: ['a', 'b', 'c', 'd'], placesInAll: 4, people: [at(bob, 'a', 'b', 'c')] },
      words:
        '9 exemptions in a, b, c and 1 more could be deleted, but not by you. Bob Meier could delete those in a, b and c; so could whoever is Owner, Security Admin or Resource Policy Contributor there.',
    },
  ])('$what', ({ others, words }) => {
    expect(othersCan(others)).toBe(words);
  });
});
