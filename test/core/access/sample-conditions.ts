/** Conditions as the portal's templates and Microsoft's pages write them (azure-docs, delegate-role-assignments-examples and conditions-format). */
const roles = '{8e3af657-a8ff-443c-a75c-2fe8c4bcb635, f58310d9-a9f6-439a-9e8d-f62e7b41a168}';
const both = (expression: (source: '@Request' | '@Resource') => string): string =>
  (
    [
      ['write', '@Request'],
      ['delete', '@Resource'],
    ] as const
  )
    .map(
      ([verb, source]) =>
        `(\n (\n  !(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})\n )\n OR \n (\n  ${expression(source)}\n )\n)`,
    )
    .join('\nAND\n');
const attribute = (source: string, name: string): string =>
  `${source}[Microsoft.Authorization/roleAssignments:${name}]`;
const ofRole = (source: string, operator: string): string =>
  `${attribute(source, 'RoleDefinitionId')} ${operator} ${roles}`;

/** The templates of the portal's page "Delegate role assignments", and the one that constrains adding only. */
export const portalTemplates: Readonly<Record<string, string>> = {
  'Allow all except specific roles': both((source) => ofRole(source, 'ForAnyOfAllValues:GuidNotEquals')),
  'Constrain roles': both((source) => ofRole(source, 'ForAnyOfAnyValues:GuidEquals')),
  'Constrain roles and principal types': both(
    (source) =>
      `${ofRole(source, 'ForAnyOfAnyValues:GuidEquals')}\n  AND\n  ${attribute(source, 'PrincipalType')} ForAnyOfAnyValues:StringEqualsIgnoreCase {'User', 'Group'}`,
  ),
  'Constrain roles and principals': both(
    (source) =>
      `${ofRole(source, 'ForAnyOfAnyValues:GuidEquals')}\n  AND\n  ${attribute(source, 'PrincipalId')} ForAnyOfAnyValues:GuidEquals {28c35fea-2099-4cf5-8ad9-473547bc9423, 86951b8b-723a-407b-a74a-1bca3f0c95d0}`,
  ),
  'Constrain add role assignments': `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (${ofRole('@Request', 'ForAnyOfAnyValues:GuidEquals')}))`,
};

/** True of everything that exemptions need. */
export const delegation = portalTemplates['Allow all except specific roles']!;
/** Covers every action and asks for an attribute of the person, so nobody here can tell. */
export const ofDepartment =
  "((!(ActionMatches{'*'})) OR (@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Work_Team] StringEquals 'Shop'))";
/** False of everything but blobs. */
export const blobsOnly = "ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/*'}";
