import { z } from 'zod';
import { appRoles, scopes, type Need } from './caller.ts';
import { problem } from './problem.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return rest;
};

const parametersOf = (schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, value]) => {
    const { description, ...rest } = value as Json;
    return {
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
};

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A key of the caller for this one change, for 24 hours. The same key again gets the same answer.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const grants: Readonly<Record<Need, readonly Json[]>> = {
  read: [{ person: [scopes.read] }, { application: [appRoles.read] }],
  draft: [{ person: [scopes.act] }, { application: [appRoles.draft] }],
  act: [{ person: [scopes.act] }],
};

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const refusal = (description: string): Json => ({ description, content: problemContent });

const operation = ({ name, summary, needs, params, query, body, isList, status, method }: Route): Json => ({
  operationId: name,
  summary,
  security: grants[needs],
  parameters: [
    ...parametersOf(params, 'path'),
    ...parametersOf(query, 'query'),
    ...(method === 'POST' ? [keyParameter] : []),
  ],
  ...(body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: `#/components/schemas/${capital(name)}Body` } } },
        },
      }),
  responses: {
    [status]: {
      description: summary,
      ...(isList === true
        ? { headers: { Link: { description: 'rel="next" leads to the next page.', schema: { type: 'string' } } } }
        : {}),
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${capital(name)}Answer` } } },
    },
    '401': refusal('No token of Entra for this API'),
    '4XX': refusal('Refused, with the sentence that chat would say'),
    '5XX': refusal('No answer of Azure or the database, or a defect'),
  },
});

const schemasOf = ({ name, body, answer }: Route): [string, Json][] => {
  const given: [string, Json] = [`${capital(name)}Answer`, schemaOf(answer, 'output')];
  return body === undefined ? [given] : [given, [`${capital(name)}Body`, schemaOf(body, 'input')]];
};

const flows = (tenantId: string) => {
  const at = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0`;
  const [authorizationUrl, tokenUrl] = [`${at}/authorize`, `${at}/token`];
  return {
    person: {
      type: 'oauth2',
      description: 'A token with a scope: the rights of the person who signed in.',
      flows: {
        authorizationCode: {
          ...{ authorizationUrl, tokenUrl },
          scopes: { [scopes.read]: 'Read what the person may read', [scopes.act]: 'Request and decide as the person' },
        },
      },
    },
    application: {
      type: 'oauth2',
      description:
        'A token with app roles and no scope: reads what the service principal may read in Azure, and drafts.',
      flows: {
        clientCredentials: {
          tokenUrl,
          scopes: { [appRoles.read]: 'Read', [appRoles.draft]: 'Create drafts that people claim' },
        },
      },
    },
  };
};

/** The OpenAPI 3.1 document of these operations, made of the schemas that check them. */
export const describeApi = (routes: readonly Route[], tenantId: string): Json => ({
  openapi: '3.1.1',
  info: {
    title: 'Exemption Desk',
    version: '1',
    summary: 'Exemptions from Microsoft Defender for Cloud recommendations',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/api/v1' }],
  paths: Object.fromEntries(
    [...Map.groupBy(routes, ({ path }) => path)].map(([path, there]) => [
      path,
      Object.fromEntries(there.map((each): [string, Json] => [each.method.toLowerCase(), operation(each)])),
    ]),
  ),
  components: {
    securitySchemes: flows(tenantId),
    schemas: {
      Problem: schemaOf(problem, 'output'),
      ...Object.fromEntries(routes.flatMap(schemasOf)),
    },
  },
});
