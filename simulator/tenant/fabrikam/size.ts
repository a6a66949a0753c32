/** How large Fabrikam is; everything grows with the number of its subscriptions. */
export type Size = {
  readonly subscriptions: number;
  readonly managementGroups: number;
  readonly employees: number;
  readonly approvers: number;
  readonly exemptions: number;
  readonly individualRecommendations: number;
};

const at300 = {
  managementGroups: 40,
  employees: 5_000,
  approvers: 400,
  exemptions: 20_000,
  individualRecommendations: 3_000,
};

/** `exemptions` replaces the usual number of them. */
export const sizeOf = (subscriptions: number, exemptions?: number): Size => {
  const share = (count: number): number => Math.round((count * subscriptions) / 300);
  return {
    subscriptions,
    managementGroups: Math.max(12, share(at300.managementGroups)),
    employees: share(at300.employees),
    approvers: share(at300.approvers),
    exemptions: exemptions ?? share(at300.exemptions),
    individualRecommendations: share(at300.individualRecommendations),
  };
};
