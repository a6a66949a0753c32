import { z } from 'zod';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { listExemptions } from '../../workflow/inventory/list-exemptions.ts';
import { showExemption } from '../../workflow/inventory/show-exemption.ts';
import { expiringWithinDays } from '../../workflow/inventory/shown-state.ts';
import { route } from '../route.ts';
import { about, cursor, instant, listed, pageOf, written } from './shapes.ts';

const states = ['active', 'expiring', 'expired', 'never-expires', 'orphaned'] as const;

const exemption = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  scope: z.string(),
  scopeName: z.string(),
  category: z.enum(['Mitigated', 'Waiver']),
  expiresAt: instant.nullable().describe('Null: it never expires.'),
  state: z.enum(states),
  madeIn: z.enum(['policy', 'defender']),
  recommendations: z.array(about),
  assignments: z.array(z.string()),
  needless: z.boolean(),
  request: z
    .string()
    .nullable()
    .describe('The reference of the request that wrote it; null: made outside Exemption Desk.'),
});

const shown = (each: ListedExemption): z.input<typeof exemption> => {
  const { id, name, displayName, scope, category, expiresAt } = each.exemption;
  const { state, madeIn, needless, scopeLabel } = each;
  return {
    ...{ id, name, displayName, scope, category, state, madeIn, needless },
    scopeName: scopeLabel,
    expiresAt: written(expiresAt),
    recommendations: each.recommendations.map(({ key, title, severity }) => ({ key, title, severity })),
    assignments: [...each.assignmentNames],
    request: each.request?.reference ?? null,
  };
};

export const listOfExemptions = route({
  method: 'GET',
  path: '/exemptions',
  name: 'listExemptions',
  summary: 'The exemptions that the caller may see, whoever made them, what ends soonest first',
  needs: 'read',
  guests: 'reads',
  isList: true,
  query: cursor.extend({
    text: z.string().max(200).default(''),
    kind: z.enum(['all', ...states, 'outside', 'needless', 'other-policies']).default('all'),
    withinDays: z.coerce.number().int().min(1).max(366).default(expiringWithinDays),
    subscription: z.string().max(200).default(''),
  }),
  status: 200,
  answer: pageOf(exemption),
  run: async (desk, { asker, query, page }) => {
    const { text, kind, withinDays, subscription } = query;
    const found = await listExemptions(desk, asker, { text, kind, withinDays, subscription, page });
    return listed(found.page, shown, [found.age]);
  },
});

export const oneExemption = route({
  method: 'GET',
  path: '/exemption',
  name: 'showExemption',
  summary: 'One exemption by its id, as Azure has it now',
  needs: 'read',
  guests: 'reads',
  query: z.object({ id: z.string().max(2000) }),
  status: 200,
  answer: exemption,
  run: async (desk, { asker, query }) => ({ body: shown(await showExemption(desk, asker, query.id)) }),
});
