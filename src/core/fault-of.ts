const innermost = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;

/**
 * What of an error may be logged and kept: its name, the message of its first cause and where it was thrown. Messages further out are left away,
 * because they repeat what was asked for: the database's own say every parameter.
 */
export const faultOf = (error: unknown): { name: string; message: string; at: string } => {
  const cause = innermost(error);
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return {
    name: error instanceof Error ? error.name : typeof error,
    message: (cause instanceof Error ? cause.message : String(cause)).slice(0, 300),
    at: frames.slice(0, 3).join(' ').replace(/\s+/g, ' ').trim(),
  };
};
