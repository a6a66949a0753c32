import type { Belonging, Person } from '../person.ts';

export const tenantId = '72f988aa-0000-4000-8000-0000000000aa';
export const otherTenantId = '9a1b22cc-0000-4000-8000-0000000000bb';

const objectId = (number: number): string => `00000000-0000-4000-8000-0000000001${number.toString().padStart(2, '0')}`;

const person = (key: string, name: string, number: number, part: string): Person => ({
  key,
  name,
  objectId: objectId(number),
  tenantId,
  userPrincipalName: `${key}@contoso.com`,
  belonging: 'member',
  part,
});

const stranger = (key: string, name: string, number: number, part: string, belonging: Belonging): Person => ({
  ...person(key, name, number, part),
  tenantId: otherTenantId,
  userPrincipalName: belonging === 'guest' ? `${key}_fabrikam.com#EXT#@contoso.onmicrosoft.com` : `${key}@fabrikam.com`,
  belonging,
});

/** The people of Contoso that the chat page can be. What each may do follows from Azure roles alone (role-assignments.ts). */
export const people: readonly Person[] = [
  person('alice', 'Alice Anders', 1, 'Shop team: Reader on one resource group'),
  person('bob', 'Bob Berger', 2, 'Security Admin at contoso, through a group'),
  person('carol', 'Carol Costa', 3, 'Auditor: Security Reader at contoso'),
  person('dan', 'Dan Dorn', 4, 'No role in Azure'),
  person('erin', 'Erin Eder', 5, 'Owner of one subscription'),
  person('frank', 'Frank Falk', 6, 'Security Admin, only eligible in PIM'),
  stranger('gina', 'Gina Guest', 7, 'Guest from another tenant', 'guest'),
];

/** People that the directory does not know, and Azure neither. An anonymous one has only the name that they typed. */
export const visitors: readonly Person[] = [
  stranger('oscar', 'Oscar Ohm', 51, 'In shared channels, from another tenant', 'shared-channel'),
  stranger('fiona', 'Fiona Fabri', 52, 'In chats and meetings, from another tenant', 'federated'),
  {
    ...stranger('anna', 'Anna', 53, 'In meetings, without an account', 'anonymous'),
    objectId: '',
    tenantId,
    userPrincipalName: '',
  },
];
