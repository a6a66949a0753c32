/** An application that calls the API, by its service principal. */
export type Application = {
  readonly key: string;
  readonly objectId: string;
  readonly appId: string;
  /** Its app roles at the API of Exemption Desk. */
  readonly roles: readonly string[];
};

/** The inventory of Contoso: Reader on one resource group, may read and draft. */
export const inventory: Application = {
  key: 'inventory',
  objectId: '00000000-0000-4000-8000-000000000401',
  appId: '44444444-4444-4444-8444-444444444401',
  roles: ['Exemptions.Read.All', 'Drafts.Create'],
};

/** Some other application of the tenant, to which nobody gave a role. */
const stranger: Application = {
  key: 'stranger',
  objectId: '00000000-0000-4000-8000-000000000402',
  appId: '44444444-4444-4444-8444-444444444402',
  roles: [],
};

export const applications: readonly Application[] = [inventory, stranger];
