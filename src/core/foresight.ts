/**
 * What was answered lately, by question. It only helps to guess what will be asked next, so that it can be asked at once: nothing is shown or decided
 * by it.
 */
export type Foresight = {
  readonly note: (question: string, answer: unknown) => void;
  readonly lately: (question: string) => { readonly answer: unknown } | undefined;
};

type Noted = { readonly answer: unknown; readonly at: number; readonly size: number };

const usefulForMs = 60 * 60_000;
/** The rows of all answers together, so that a tenant of any size takes no more memory. */
const mostRows = 20_000;
const charactersOfRow = 200;

const sizeOf = (question: string, answer: unknown): number =>
  (Array.isArray(answer) ? answer.length : 1) + Math.ceil(question.length / charactersOfRow);

/** Keeps the newest answers in memory; the oldest go first. */
export const createForesight = (now: () => Date): Foresight => {
  const kept = new Map<string, Noted>();
  let rows = 0;
  const drop = (question: string): void => {
    rows -= kept.get(question)?.size ?? 0;
    kept.delete(question);
  };
  return {
    note: (question, answer) => {
      drop(question);
      const size = sizeOf(question, answer);
      kept.set(question, { answer, at: now().getTime(), size });
      rows += size;
      for (const oldest of kept.keys()) {
        if (rows <= mostRows) break;
        drop(oldest);
      }
    },
    lately: (question) => {
      const found = kept.get(question);
      if (found === undefined || now().getTime() - found.at <= usefulForMs) return found;
      drop(question);
      return undefined;
    },
  };
};
