import { actorName, asPerson, samePerson } from '../../src/core/person.ts';
import { alice, bob } from './contoso.ts';

describe('who somebody is', () => {
  it('is told by object id and tenant, in any casing', () => {
    const shouted = {
      objectId: alice.objectId.toUpperCase(),
      tenantId: alice.tenantId.toUpperCase(),
      name: 'A. Adler',
    };
    expect(samePerson(alice, shouted)).toBe(true);
  });

  it('is not told by the name', () => {
    expect(samePerson(alice, { ...bob, name: alice.name })).toBe(false);
    expect(samePerson(alice, { ...alice, tenantId: bob.objectId })).toBe(false);
  });
});

it('says who caused a change: a person by name, a job as the product', () => {
  expect(actorName(asPerson(alice))).toBe('Alice Adler');
  expect(actorName({ kind: 'job', name: 'apply-request' })).toBe('Exemption Desk');
});
