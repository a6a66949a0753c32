import { z } from 'zod';
import { nameOf, normalId, scopeOfExtension } from '../core/arm-id.ts';
import type { Assessment, RecommendationSource, Severity, Where } from '../core/recommendation.ts';
import { cached } from './cached.ts';
import { plainText } from './plain-text.ts';
import {
  always,
  fill,
  literal,
  literals,
  matchesPattern,
  queryNamed,
  startsWithAny,
  type Fragment,
} from './query-text.ts';
import type { ResourceGraph } from './resource-graph.ts';

const catalogueMinutes = 10;
// Leafing through a list and filling in a form asks the same again within moments; Defender itself evaluates every 12 to 24 hours.
const briefMinutes = 0.5;

const severities: Readonly<Record<string, Severity>> = { critical: 'high', high: 'high', medium: 'medium' };

const known = z.object({
  key: z.string(),
  displayName: z.string(),
  severity: z.string().transform((text): Severity => severities[text.toLowerCase()] ?? 'low'),
  policyDefinitionId: z.string().transform((id) => (id === '' ? undefined : id)),
});
// Metadata says so for some, the title for others.
const inCatalogue = known.extend({ preview: z.string() }).transform(({ preview, ...row }) => ({
  ...row,
  preview: preview === 'true' || /^\[preview\]/i.test(row.displayName),
}));
const standing = known.extend({ unhealthy: z.number(), exempted: z.number() });
const described = known.extend({
  description: z.string().transform(plainText),
  remediation: z.string().transform(plainText),
});

const titled = <Row extends { readonly displayName: string }>({ displayName, ...row }: Row) => ({
  ...row,
  title: displayName,
});

// Resource Graph writes Id and ResourceName, Resource Manager id: any spelling will do.
const anySpelling = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((details) => new Map(Object.entries(details ?? {}).map(([name, value]) => [name.toLowerCase(), value])));
const assessmentRow = z.object({ id: z.string(), resourceDetails: anySpelling, code: z.string(), cause: z.string() });

const statusOf = (code: string, cause: string): Assessment['status'] => {
  switch (code.toLowerCase()) {
    case 'unhealthy':
      return 'unhealthy';
    case 'healthy':
      return 'healthy';
    default:
      return cause.toLowerCase() === 'exempt' ? 'exempt' : 'not-applicable';
  }
};

const assessmentFrom = (key: string, { id, resourceDetails, code, cause }: z.infer<typeof assessmentRow>) => {
  const [told, name] = [resourceDetails.get('id'), resourceDetails.get('resourcename')];
  const resourceId = typeof told === 'string' && told.startsWith('/') ? told : scopeOfExtension(id);
  return {
    recommendationKey: key.toLowerCase(),
    resourceId,
    resourceName: typeof name === 'string' && name !== '' ? name : nameOf(resourceId),
    status: statusOf(code, cause),
  };
};

const isEmpty = ({ subscriptions, narrower }: Where): boolean => subscriptions.length + narrower.length === 0;

const guidOf = (id: string): string => normalId(id).split('/')[2] ?? '';

const below = (scopes: readonly string[]): Fragment =>
  startsWithAny(
    'tolower(id)',
    scopes.map((scope) => `${normalId(scope)}/`),
  );

/** The request's own subscriptions and a condition that says the same again and cuts them down to the narrower scopes. */
const within = ({ subscriptions, narrower, hidden = [] }: Where) => ({
  body: { subscriptions: [...new Set([...subscriptions, ...narrower].map(guidOf))] },
  places: {
    subscriptions: literals(subscriptions.map(guidOf)),
    narrower: below(narrower),
    hidden: below(hidden),
  },
});

const verbatim = (text: string): string => text.replace(/[^\w]/g, '\\$&');

const ofType = (resourceType: string | undefined): Fragment => {
  if (resourceType === undefined) return always;
  const [namespace = '', ...types] = resourceType.toLowerCase().split('/');
  const resource = [`/providers/${verbatim(namespace)}`, ...types.map((type) => `${verbatim(type)}/[^/]+`)];
  return matchesPattern('tolower(id)', `${resource.join('/')}/providers/microsoft\\.security/assessments/[^/]+$`);
};

export const createRecommendationSource = (ask: ResourceGraph, now: () => Date): RecommendationSource => {
  const [standingsQuery, recommendationQuery, assessmentsQuery, catalogueQuery] = [
    queryNamed('recommendation-standings'),
    queryNamed('recommendation'),
    queryNamed('assessments'),
    queryNamed('recommendation-catalogue'),
  ];
  const briefly = { minutes: briefMinutes, now };
  const catalogue = cached(async () => (await ask(inCatalogue, { query: catalogueQuery })).map(titled), {
    minutes: catalogueMinutes,
    now,
  });

  const standings = cached(async ({ where, resourceType }: { where: Where; resourceType: string | undefined }) => {
    const { body, places } = within(where);
    const query = fill(standingsQuery, { ...places, ofType: ofType(resourceType) });
    return (await ask(standing, { ...body, query })).map(titled);
  }, briefly);
  const recommendation = cached(async ({ key, where }: { key: string; where: Where }) => {
    const { body, places } = within(where);
    const query = fill(recommendationQuery, { ...places, key: literal(key) });
    return (await ask(described, { ...body, query })).map(titled)[0];
  }, briefly);
  const assessments = cached(async ({ key, where }: { key: string; where: Where }) => {
    const { body, places } = within(where);
    const query = fill(assessmentsQuery, { ...places, key: literal(key) });
    const found = (await ask(assessmentRow, { ...body, query })).map((row) => assessmentFrom(key, row));
    return found.toSorted((a, b) => (normalId(a.resourceId) < normalId(b.resourceId) ? -1 : 1));
  }, briefly);

  return {
    standings: async (where, resourceType) => (isEmpty(where) ? [] : standings({ where, resourceType })),
    recommendation: async (key, where) => (isEmpty(where) ? undefined : recommendation({ key, where })),
    assessments: async (key, where) => (isEmpty(where) ? [] : assessments({ key, where })),
    catalogue: () => catalogue(''),
  };
};
