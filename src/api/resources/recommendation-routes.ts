import { z } from 'zod';
import { listRecommendations } from '../../workflow/recommendation/list-recommendations.ts';
import { showRecommendation } from '../../workflow/recommendation/show-recommendation.ts';
import { route } from '../route.ts';
import { cursor, listed, pageOf, severity } from './shapes.ts';

const typed = z.string().max(200).default('');

const standing = z.object({
  key: z.string(),
  title: z.string(),
  severity,
  unhealthy: z.number().int(),
  exempted: z.number().int(),
  exemptable: z.boolean().describe('An exemption of Azure Policy can cover it.'),
});

const details = z.object({
  key: z.string(),
  title: z.string(),
  severity,
  exemptable: z.boolean(),
  description: z.string(),
  remediation: z.string(),
  exempt: z.number().int(),
  unhealthy: z.number().int().describe('How many resources are unhealthy, at least.'),
  resources: z.array(z.object({ id: z.string(), name: z.string() })).describe('The unhealthy ones on this page.'),
});

export const listOfRecommendations = route({
  method: 'GET',
  path: '/recommendations',
  name: 'listRecommendations',
  summary: 'The open recommendations that the caller may see, worst first',
  needs: 'read',
  guests: 'reads',
  isList: true,
  query: cursor.extend({
    text: typed,
    severity: severity.optional(),
    subscription: typed.describe('The name or id of a subscription or management group.'),
    exemptable: z.stringbool().default(false),
    exempt: z.stringbool().default(false).describe('Those with exempted resources instead.'),
  }),
  status: 200,
  answer: pageOf(standing),
  run: async (desk, { asker, query, page }) => {
    const { text, severity: only, subscription, exemptable, exempt } = query;
    const everything = { type: '', group: '', tag: '', owner: '', control: '' };
    const filter = { ...everything, text, severity: only, subscription, exemptable, exempt, page };
    const { standings, caveats } = await listRecommendations(desk, asker, filter);
    return listed(
      standings,
      ({ policyDefinitionId, key, title, severity: how, unhealthy, exempted }) => ({
        ...{ key, title, severity: how, unhealthy, exempted },
        exemptable: policyDefinitionId !== undefined,
      }),
      caveats,
    );
  },
});

export const oneRecommendation = route({
  method: 'GET',
  path: '/recommendations/{key}',
  name: 'showRecommendation',
  summary: 'One recommendation with a page of the unhealthy resources that the caller may see',
  needs: 'read',
  guests: 'reads',
  isList: true,
  params: z.object({ key: z.guid() }),
  query: cursor,
  status: 200,
  answer: details,
  run: async (desk, { asker, params, page }) => {
    const shown = await showRecommendation(desk, asker, params.key, { page });
    const { key, title, severity: how, policyDefinitionId, description, remediation } = shown.recommendation;
    return {
      page: shown.unhealthy,
      body: {
        ...{ key, title, severity: how, description, remediation, exempt: shown.exempt },
        exemptable: policyDefinitionId !== undefined,
        unhealthy: shown.unhealthy.found,
        resources: shown.unhealthy.rows.map(({ resourceId, resourceName }) => ({ id: resourceId, name: resourceName })),
      },
    };
  },
});
