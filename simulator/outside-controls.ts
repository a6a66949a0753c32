import { z } from 'zod';
import { makeManyExemptions } from './many-exemptions.ts';
import type { Assessments } from './tenant/assessments.ts';
import {
  assignInitiative,
  changeInPortal,
  deleteInPortal,
  deleteResource,
  holdBotRole,
  remedy,
  unassign,
} from './tenant/outside-changes.ts';
import type { Tenant } from './tenant/tenant.ts';

const dayInMs = 86_400_000;

const text = z.string().min(1);
const change = z.strictObject({
  exemption: text,
  /** Null: never. */
  expiresInDays: z.number().nullable().exactOptional(),
  exemptionCategory: z.enum(['Waiver', 'Mitigated']).exactOptional(),
  displayName: text.exactOptional(),
  description: z.string().exactOptional(),
});
const assign = z.strictObject({ initiative: text, scope: text, name: text.default('made-later') });

const parsed = <Wish>(schema: z.ZodType<Wish>, body: unknown): Wish => {
  const wish = schema.safeParse(body);
  if (!wish.success) throw new TypeError(z.prettifyError(wish.error));
  return wish.data;
};

/** Changes that others make in Azure without the bot. */
export const createOutsideControls = (tenant: Tenant, assessments: Assessments) => ({
  'POST /simulator/portal-change': async (body: unknown) => {
    const { exemption, expiresInDays, ...changes } = parsed(change, body);
    const end = (days: number): string => new Date(tenant.now().getTime() + days * dayInMs).toISOString();
    const expiresOn = expiresInDays == null ? expiresInDays : end(expiresInDays);
    return changeInPortal(tenant, exemption, { ...changes, ...(expiresOn !== undefined && { expiresOn }) });
  },
  'POST /simulator/portal-delete': async (body: unknown) =>
    deleteInPortal(tenant, parsed(z.strictObject({ exemption: text }), body).exemption),
  'POST /simulator/assign-initiative': async (body: unknown) => assignInitiative(tenant, parsed(assign, body)),
  'POST /simulator/unassign': async (body: unknown) =>
    unassign(tenant, parsed(z.strictObject({ assignment: text }), body).assignment),
  'POST /simulator/delete-resource': async (body: unknown) =>
    deleteResource(tenant, parsed(z.strictObject({ resource: text, stillAssessed: z.boolean().default(false) }), body)),
  'POST /simulator/remedy': async (body: unknown) =>
    remedy(tenant, parsed(z.strictObject({ resource: text, recommendation: text }), body)),
  'POST /simulator/bot-role': async (body: unknown) =>
    holdBotRole(tenant, parsed(z.strictObject({ held: z.boolean() }), body).held),
  'POST /simulator/many-exemptions': async (body: unknown) =>
    makeManyExemptions(tenant, assessments, parsed(z.strictObject({ count: z.int().min(1).max(100_000) }), body).count),
});
