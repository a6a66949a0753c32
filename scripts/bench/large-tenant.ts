/** A large tenant, generated row by row on demand, so that it takes no memory however large it is. */
export type LargeTenant = {
  readonly subscriptions: number;
  readonly exemptions: number;
  readonly subscriptionId: (index: number) => string;
  readonly subscriptionRow: (index: number) => object;
  readonly assignmentRow: (index: number) => object;
  readonly exemptionRow: (index: number) => object;
  /** What a question for the change times of all exemptions answers. */
  readonly timesRow: () => object;
  /** The position of an exemption, by its id. */
  readonly positionOf: (id: string) => number;
  readonly stateRow: (index: number) => object;
  readonly recommendationRow: (index: number) => object;
  readonly initiative: () => object;
  /** Whom Teams names as the only member of a channel. */
  readonly member: () => object;
  /** The positions of the exemptions of a subscription, the last one excluded. */
  readonly exemptionsIn: (subscription: number) => readonly [number, number];
  /** Changes the name of every n-th exemption from now on. */
  readonly rename: (every: number) => void;
};

export const recommendations = 200;
const dayInMs = 86_400_000;
const group = 'contoso';
const groupId = `/providers/Microsoft.Management/managementGroups/${group}`;
const initiativeId = '/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8';

const guid = (kind: number, index: number): string =>
  `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const definitionId = (index: number): string =>
  `/providers/Microsoft.Authorization/policyDefinitions/${guid(5, index)}`;
const referenceId = (index: number): string => `recommendation${index}MonitoringEffect`;

/** Most exempt one resource, some a resource group, a few the subscription. */
const scopeOf = (subscription: string, index: number): string => {
  if (index % 20 === 0) return subscription;
  const inGroup = `${subscription}/resourceGroups/rg-workload-${index % 12}`;
  return index % 20 < 4 ? inGroup : `${inGroup}/providers/Microsoft.Storage/storageAccounts/stworkload${index}`;
};

export const createLargeTenant = (subscriptions: number, exemptions: number, now: Date): LargeTenant => {
  let [renamedEvery, round] = [Infinity, 0];
  const subscriptionId = (index: number): string => `/subscriptions/${guid(1, index)}`;
  const ownerOf = (index: number): string => subscriptionId(Math.floor((index * subscriptions) / exemptions));
  /** Each subscription has Defender's own initiative; the management group has it once more. */
  const assignmentId = (index: number): string =>
    `${index === subscriptions ? groupId : subscriptionId(index)}/providers/Microsoft.Authorization/policyAssignments/SecurityCenterBuiltIn`;
  const assignmentOf = (index: number): string =>
    index % 3 === 0 ? assignmentId(subscriptions) : assignmentId(Math.floor((index * subscriptions) / exemptions));
  const at = (days: number): string => new Date(now.getTime() + days * dayInMs).toISOString();

  const isRenamed = (index: number): boolean => index % renamedEvery === 0;
  const changedAt = (index: number): number =>
    isRenamed(index) ? now.getTime() + round * 1000 : now.getTime() - (10 + (index % 300)) * dayInMs;

  const exemptionRow = (index: number): object => {
    const subscription = ownerOf(index);
    const name = `exempt-workload-${index}`;
    const renamed = isRenamed(index) ? `, again ${round}` : '';
    return {
      id: `${scopeOf(subscription, index)}/providers/Microsoft.Authorization/policyExemptions/${name}`,
      name,
      type: 'microsoft.authorization/policyexemptions',
      tenantId: guid(9, 0),
      subscriptionId: subscription.slice('/subscriptions/'.length),
      properties: {
        policyAssignmentId: assignmentOf(index),
        policyDefinitionReferenceIds: [referenceId(index % recommendations)],
        exemptionCategory: index % 4 === 0 ? 'Mitigated' : 'Waiver',
        displayName: `Workload ${index} until it moves${renamed}`,
        description: `Agreed with the owner of workload ${index} in ticket CHG${index}; it moves to the new platform.`,
        expiresOn: at(40 + (index % 300)),
        metadata: { requestedBy: 'a script', ticket: `CHG${index}` },
      },
      systemData: {
        createdBy: `owner${index % 500}@contoso.com`,
        createdByType: 'User',
        createdAt: at(-10 - (index % 300)),
        lastModifiedAt: new Date(changedAt(index)).toISOString(),
      },
    };
  };

  return {
    subscriptions,
    exemptions,
    subscriptionId,
    subscriptionRow: (index) =>
      index === subscriptions
        ? {
            id: groupId,
            name: group,
            type: 'microsoft.management/managementgroups',
            displayName: 'Contoso',
            aboveGroup: [],
          }
        : {
            id: subscriptionId(index),
            name: `sub-${index}`,
            type: 'microsoft.resources/subscriptions',
            displayName: '',
            aboveSubscription: [{ name: group }],
          },
    assignmentRow: (index) => ({
      id: assignmentId(index),
      name: 'SecurityCenterBuiltIn',
      displayName: 'ASC Default',
      scope: index === subscriptions ? groupId : subscriptionId(index),
      excludedScopes: [],
      definitionId: initiativeId,
      enforcementMode: 'Default',
      parameters: {},
      metadata: {},
    }),
    exemptionRow,
    timesRow: () => {
      let [latest, seconds] = [0, 0];
      for (let index = 0; index < exemptions; index += 1) {
        latest = Math.max(latest, changedAt(index));
        seconds += Math.floor(changedAt(index) / 1000) - Date.UTC(2020, 0, 1) / 1000;
      }
      return { exemptions, dated: exemptions, latest: new Date(latest).toISOString(), seconds };
    },
    positionOf: (id) => Number(/[0-9]+$/.exec(id)?.[0]),
    stateRow: (index) => ({
      id: guid(7, index),
      resourceId: scopeOf(ownerOf(index), index),
      assignmentId: assignmentOf(index),
      referenceId: referenceId(index % recommendations),
      underneath: index % 50 === 0 ? 'compliant' : 'noncompliant',
    }),
    recommendationRow: (index) => ({
      id: guid(3, index),
      displayName: `Recommendation ${index} should be followed`,
      severities: [index % 3 === 0 ? 'High' : 'Medium'],
      policyDefinitionId: definitionId(index),
      preview: 'false',
    }),
    initiative: () => ({
      id: initiativeId,
      properties: {
        displayName: 'Microsoft cloud security benchmark',
        parameters: {},
        policyDefinitions: Array.from({ length: recommendations }, (_, index) => ({
          policyDefinitionId: definitionId(index),
          policyDefinitionReferenceId: referenceId(index),
          parameters: {},
        })),
      },
    }),
    member: () => ({ id: '29:nobody', aadObjectId: guid(8, 0), tenantId: guid(9, 0), userRole: 'user' }),
    exemptionsIn: (subscription) => [
      Math.ceil((subscription * exemptions) / subscriptions),
      Math.ceil(((subscription + 1) * exemptions) / subscriptions),
    ],
    rename: (every) => {
      renamedEvery = every;
      round += 1;
    },
  };
};
