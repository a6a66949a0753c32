import { ArmError } from './arm-error.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})$/;

export const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && instantPattern.test(value) && !Number.isNaN(Date.parse(value));

export const isText =
  (maximum: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length <= maximum;

/** The error of ARM for a body that does not match its contract. */
export const unreadableBody = (reason: string): ArmError =>
  new ArmError(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${reason}'.`,
  );

/** Throws 400 for a member that the contract does not have. */
export const requireMembers = (value: Fields, known: readonly string[], type: string, path = ''): void => {
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  throw unreadableBody(
    `Could not find member '${stranger}' on object of type '${type}'. Path '${path === '' ? '' : `${path}.`}${stranger}'`,
  );
};

/** Members that a client may send back as it read them; the service ignores them. */
export const readOnlyMembers = ['id', 'name', 'type', 'systemData'];
