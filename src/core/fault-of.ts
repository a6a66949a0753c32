import { beginningOf } from './visible-text.ts';

/** Recognised by its shape, because libraries also pass on plain objects that were errors once. */
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
 * The part of an error that may be logged and kept: its name, the message of its first cause and where it was thrown. Outer messages are
 * dropped, because they repeat the input: those of the database contain every parameter.
 */
export const faultOf = (error: unknown): { name: string; message: string; at: string } => {
  const { name, stack } = shapeOf(error);
  const cause = innermost(error);
  const frames = textOf(stack, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return {
    name: textOf(name, typeof error),
    message: beginningOf(textOf(shapeOf(cause).message, String(cause)), 300),
    at: frames.slice(0, 3).join(' ').replace(/\s+/g, ' ').trim(),
  };
};
