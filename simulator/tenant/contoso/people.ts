export type Person = {
  readonly key: string;
  readonly name: string;
  readonly objectId: string;
  readonly tenantId: string;
  readonly userPrincipalName: string;
  /** One line for the chat page: the part of this person in the story. */
  readonly part: string;
};

export const tenantId = '72f988aa-0000-4000-8000-0000000000aa';
const otherTenantId = '9a1b22cc-0000-4000-8000-0000000000bb';

const person = (key: string, name: string, number: number, part: string, tenant = tenantId): Person => ({
  key,
  name,
  objectId: `00000000-0000-4000-8000-0000000001${number.toString().padStart(2, '0')}`,
  tenantId: tenant,
  userPrincipalName: `${key}@${tenant === tenantId ? 'contoso.com' : 'fabrikam.com'}`,
  part,
});

/** The people of Contoso that the chat page can be. What each may do follows from Azure roles alone (role-assignments.ts). */
export const people: readonly Person[] = [
  person('alice', 'Alice Anders', 1, 'Shop team: Reader on one resource group'),
  person('bob', 'Bob Berger', 2, 'Security Admin at contoso, through a group'),
  person('carol', 'Carol Costa', 3, 'Auditor: Security Reader at contoso'),
  person('dan', 'Dan Dorn', 4, 'No role in Azure'),
  person('erin', 'Erin Eder', 5, 'Owner of one subscription'),
  person('frank', 'Frank Falk', 6, 'Security Admin, only eligible in PIM'),
  person('gina', 'Gina Guest', 7, 'Guest from another tenant', otherTenantId),
];

/** The bot's own identity in Azure (a managed identity's service principal). */
export const botPrincipal = { key: 'bot', name: 'Exemption Desk', objectId: '00000000-0000-4000-8000-000000000100' };
