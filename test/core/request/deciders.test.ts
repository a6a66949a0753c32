import { decidersOf } from '../../../src/core/request/deciders.ts';
import { alice, bob, carol, dan } from '../contoso.ts';

const at = new Date('2026-11-21T12:00:00Z');
const by = (person: typeof bob) => ({ by: person, at, comment: '' });
const names = (...requests: Parameters<typeof decidersOf>[0][number][]) => decidersOf(requests).map(({ name }) => name);

describe('who decided requests', () => {
  it.each([
    { what: 'nobody yet', requests: [{ approvals: [], decision: undefined }], found: [] },
    { what: 'a rejection', requests: [{ approvals: [], decision: by(bob) }], found: [bob.name] },
    {
      what: 'several approvals, the last one first',
      requests: [{ approvals: [by(bob), by(carol)], decision: by(carol) }],
      found: [carol.name, bob.name],
    },
    {
      what: 'several requests, each person once, in the order of the requests',
      requests: [
        { approvals: [by(dan)], decision: by(dan) },
        { approvals: [by({ ...bob, objectId: bob.objectId.toUpperCase() }), by(dan)], decision: by(dan) },
        { approvals: [by(bob)], decision: by(bob) },
      ],
      found: [dan.name, bob.name],
    },
    {
      what: 'no guests, who never decide and so delete nothing here',
      requests: [{ approvals: [by(bob)], decision: by({ ...alice, isGuest: true }) }],
      found: [bob.name],
    },
  ])('$what', ({ requests, found }) => {
    expect(names(...requests)).toEqual(found);
  });
});
