import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { callPattern } from '../../scripts/contract/call-pattern.ts';
import { documentedCalls, nameOf } from './documented-calls.ts';
import { authorizationShapes } from './shapes/authorization.ts';
import { graphShapes } from './shapes/graphs.ts';
import { policyShapes } from './shapes/policy.ts';
import { objectOf, type Shape } from './shapes/shape.ts';

export const shapes: readonly Shape[] = [...policyShapes, ...authorizationShapes, ...graphShapes];

export type SentCall = {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** Members that only the simulated Azure has: what it answered, the product has to keep. */
  readonly invented?: readonly string[];
};

/** Management groups, subscriptions, resource groups and resources; nothing for the whole tenant. */
const scope =
  /^(\/providers\/Microsoft\.Management\/managementGroups\/[^/]+|\/subscriptions\/[\da-f-]{36}(\/resourceGroups\/[^/]+(\/providers\/[\w.]+(\/[^/]+\/[^/]+)+)?)?)?$/i;

const ajv = new Ajv({ allErrors: true });
formats.default(ajv);

const validatorOf = ({ query = {}, needs = [], body, name }: Shape): ValidateFunction =>
  ajv.compile(
    objectOf(
      {
        query: objectOf(query, needs),
        ...(body !== undefined && { body }),
        ...(name !== undefined && { name }),
      },
      ['query', ...(body === undefined ? [] : ['body'])],
    ),
  );

const byName = new Map(shapes.map((shape) => [nameOf(shape), { shape, validate: validatorOf(shape) }]));

const known = (call: string, apiVersion: string) => {
  const found = byName.get(nameOf({ call, apiVersion }));
  if (found !== undefined) return found;
  // Where docs/azure.md says that the newest version is asked for, any later one is a read of the same shape.
  const mayBeNewest = documentedCalls().some(
    (each) => each.apiVersion === 'newest' && nameOf({ ...each, apiVersion: '' }) === nameOf({ call, apiVersion: '' }),
  );
  return mayBeNewest
    ? [...byName.values()].find(
        ({ shape }) => nameOf({ ...shape, apiVersion: '' }) === nameOf({ call, apiVersion: '' }),
      )
    : undefined;
};

/** What is not as Microsoft publishes it in a call that the product made, one sentence each; empty for a call as it should be. */
export const shapeProblems = ({ method, path, body, invented = [] }: SentCall): string[] => {
  const { call, apiVersion } = callPattern(method, path);
  const found = known(call, apiVersion);
  if (found === undefined) return [`${call} ${apiVersion}: no published shape is known`];
  const { pathname, searchParams } = new URL(path, 'https://management.azure.com');
  const at = pathname.lastIndexOf('/providers/');
  const isScope = at < 0 || scope.test(decodeURIComponent(pathname.slice(0, at)));
  const query = Object.fromEntries([...searchParams].filter(([each]) => each !== 'api-version'));
  const name = found.shape.name && decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
  const isSo = found.validate({ query, ...(body !== undefined && { body }), ...(name !== undefined && { name }) });
  const errors = (isSo ? [] : (found.validate.errors ?? [])).filter(
    ({ params }) => !invented.includes(String(params.additionalProperty)),
  );
  return [
    ...(isScope ? [] : ['the path begins with no scope']),
    ...errors.map(({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`),
  ].map((problem) => `${call} ${apiVersion}: ${problem.trim()}`);
};
