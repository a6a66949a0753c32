import { otherTenantId as tenantId, tenantId as otherTenantId } from '../contoso/people.ts';
import { botPrincipal } from '../person.ts';
import type { Belonging, Person } from '../person.ts';
import type { Principal } from '../tenant.ts';
import { guidOf, numbersTo, pick } from './dice.ts';

export { otherTenantId, tenantId };

const objectId = (number: number): string => `00000000-0000-4000-8000-0000000001${number.toString().padStart(2, '0')}`;

const person = (key: string, name: string, number: number, part: string): Person => ({
  key,
  name,
  objectId: objectId(number),
  tenantId,
  userPrincipalName: `${key}@fabrikam.com`,
  belonging: 'member',
  part,
});

const stranger = (key: string, name: string, number: number, part: string, belonging: Belonging): Person => ({
  ...person(key, name, number, part),
  tenantId: otherTenantId,
  userPrincipalName: belonging === 'guest' ? `${key}_contoso.com#EXT#@fabrikam.onmicrosoft.com` : `${key}@contoso.com`,
  belonging,
});

/** The people of Fabrikam that the chat page can be; their keys and object ids are those of Contoso's. */
export const people: readonly Person[] = [
  person('alice', 'Alice Anders', 1, 'Shop team: Reader and Contributor on groups of two subscriptions'),
  person('bob', 'Bob Berger', 2, 'Security Admin of the landing zones, through nested groups'),
  person('carol', 'Carol Costa', 3, 'Auditor: Security Reader at fabrikam'),
  person('dan', 'Dan Dorn', 4, 'No role in Azure'),
  person('erin', 'Erin Eder', 5, 'Owner of three subscriptions'),
  person('frank', 'Frank Falk', 6, 'Security Admin, only eligible in PIM'),
  stranger('gina', 'Gina Guest', 7, 'Guest from another tenant', 'guest'),
  person('sara', 'Sara Stern', 8, 'Central security: Security Admin at the root'),
];

export const visitors: readonly Person[] = [
  stranger('oscar', 'Oscar Ohm', 51, 'In shared channels, from another tenant', 'shared-channel'),
  stranger('fiona', 'Fiona Fontana', 52, 'In chats and meetings, from another tenant', 'federated'),
  {
    ...stranger('anna', 'Anna', 53, 'In meetings, without an account', 'anonymous'),
    objectId: '',
    tenantId,
    userPrincipalName: '',
  },
];

/** Somebody of the security team who works in the portal and never talks to the bot. */
export const patPortal: Principal = {
  key: 'pat',
  objectId: objectId(99),
  signature: 'pat@fabrikam.com',
  type: 'User',
};

const program = (key: string): Principal => {
  const id = guidOf(`program ${key}`);
  return { key, objectId: id, signature: id, type: 'Application' };
};

/** Service principals that also write exemptions. */
export const programs = { epac: program('epac'), terraform: program('terraform'), pipeline: program('pipeline') };

const firstNames = ['ada', 'björn', 'chloé', 'dmitri', 'elif', 'farid', 'grace', 'hiro', 'inés', 'jörg'] as const;
const lastNames = ['ahlberg', 'brown', 'çelik', 'dubois', 'eriksen', 'fischer', 'garcía', 'huang', 'ito'] as const;

/** Everybody else, who has roles and makes exemptions but is not on the chat page. */
export const employeesOf = (count: number): readonly Principal[] =>
  numbersTo(count).map((number) => {
    const key = `employee-${number + 1}`;
    const name = `${pick(`first ${key}`, firstNames)}.${pick(`last ${key}`, lastNames)}${number + 1}`;
    return { key, objectId: guidOf(key), signature: `${name}@fabrikam.com`, type: 'User' };
  });

export const objectIdOf = (key: string): string => people.find((one) => one.key === key)?.objectId ?? '';

export const principalsOf = (employees: readonly Principal[]): readonly Principal[] => [
  { key: botPrincipal.key, objectId: botPrincipal.objectId, signature: botPrincipal.objectId, type: 'Application' },
  ...people.map(({ key, objectId: id, userPrincipalName }): Principal => ({
    key,
    objectId: id,
    signature: userPrincipalName,
    type: 'User',
  })),
  patPortal,
  ...Object.values(programs),
  ...employees,
];
