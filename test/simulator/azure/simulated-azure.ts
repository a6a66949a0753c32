import { startAzureSimulator } from '../../../simulator/azure/server.ts';
import type { AzureSimulator } from '../../../simulator/azure/server.ts';
import { createClock } from '../../../simulator/clock.ts';
import type { Clock } from '../../../simulator/clock.ts';
import { createTenant } from '../../../simulator/tenant/contoso/create-tenant.ts';
import type { Tenant, TenantSettings } from '../../../simulator/tenant/tenant.ts';

export type Reply = { readonly status: number; readonly headers: Headers; readonly json: Record<string, unknown> };

export type SimulatedAzure = {
  readonly tenant: Tenant;
  readonly clock: Clock;
  readonly simulator: AzureSimulator;
  /** `as` is the key of the caller; empty for a call without a token. */
  readonly send: (as: string, method: string, path: string, body?: unknown) => Promise<Reply>;
  readonly query: (as: string, kql: string, body?: Record<string, unknown>) => Promise<Reply>;
};

const startOfStory = new Date('2026-03-02T09:00:00Z');

/** Contoso's Azure on a free port, in a time that stands still until it is moved. */
export const openAzure = async (settings: Partial<TenantSettings> = {}): Promise<SimulatedAzure> => {
  const clock = createClock(() => startOfStory.getTime());
  const tenant = createTenant({ now: () => clock.now(), settings });
  const simulator = await startAzureSimulator({ tenant, clock, port: 0 });
  const send: SimulatedAzure['send'] = async (as, method, path, body) => {
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers: as === '' ? {} : { authorization: `Bearer ${as}` },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, json };
  };
  const graph = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
  return { tenant, clock, simulator, send, query: (as, query, body) => send(as, 'POST', graph, { query, ...body }) };
};

const subscription = (number: number): string => `/subscriptions/1000000${number}-0000-4000-8000-000000000000`;

export const contoso = '/providers/Microsoft.Management/managementGroups/contoso';
export const shop = subscription(1);
export const shopGroup = `${shop}/resourceGroups/rg-shop-prod`;
export const machine = (name: string): string => `${shopGroup}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const corp = subscription(3);
export const corpData = subscription(4);
export const databricksGroup = `${corpData}/resourceGroups/databricks-rg-dbw-corp-analytics-x7k2q`;

export const assignmentId = (scope: string, name: string): string =>
  `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`;
export const benchmarkAtContoso = assignmentId(contoso, 'Deploy-MDC-MCSB');

export const exemptionPath = (scope: string, name: string, version = '2022-07-01-preview'): string =>
  `${scope}/providers/Microsoft.Authorization/policyExemptions/${name}?api-version=${version}`;
export const exemptionList = (scope: string, filter = ''): string =>
  `${scope}/providers/Microsoft.Authorization/policyExemptions?api-version=2022-07-01-preview${filter && `&$filter=${filter}`}`;

/** A body that Azure takes at contoso and everywhere below. */
export const exemptionBody = (properties: Record<string, unknown> = {}) => ({
  properties: {
    policyAssignmentId: benchmarkAtContoso,
    policyDefinitionReferenceIds: ['jitNetworkAccessMonitoring'],
    exemptionCategory: 'Waiver',
    ...properties,
  },
});

export const errorOf = ({ json }: Reply) =>
  json.error as { code: string; message: string; details?: { code: string; message: string }[] };
export const valuesOf = <T = { name: string }>({ json }: Reply): T[] => json.value as T[];
export const namesOf = (reply: Reply): string[] => valuesOf(reply).map(({ name }) => name);
export const rowsOf = ({ json }: Reply): Record<string, unknown>[] => json.data as Record<string, unknown>[];
