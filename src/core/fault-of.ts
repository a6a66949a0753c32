/** By its shape: libraries also hand on plain objects that were an error once. */
type Thrown = {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
};

const shapeOf = (error: unknown): Thrown => (typeof error === 'object' && error !== null ? error : {});

const innermost = (error: unknown): unknown => {
  const { cause } = shapeOf(error);
  return cause === undefined ? error : innermost(cause);
};

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/**
 * What of an error may be logged and kept: its name, the message of its first cause and where it was thrown. Messages further out are left away,
 * because they repeat what was asked for: the database's own say every parameter.
 */
export const faultOf = (error: unknown): { name: string; message: string; at: string } => {
  const { name, stack } = shapeOf(error);
  const cause = innermost(error);
  const frames = textOf(stack, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return {
    name: textOf(name, typeof error),
    message: textOf(shapeOf(cause).message, String(cause)).slice(0, 300),
    at: frames.slice(0, 3).join(' ').replace(/\s+/g, ' ').trim(),
  };
};
