import { answeredWithinMs, keyLastsMs, type KeptAnswers, type KeyedCall } from '../../core/chat/kept-answers.ts';
import { and, eq, isNull, lt, or, type SqlDatabase } from '../engine/drizzle.ts';
import { keptAnswers } from '../engine/schema.ts';

const before = (at: Date, ms: number): Date => new Date(at.getTime() - ms);

const isOf = ({ callerId, application, key }: KeyedCall) =>
  and(eq(keptAnswers.callerId, callerId), eq(keptAnswers.application, application), eq(keptAnswers.key, key));

export const answerStore = (database: SqlDatabase): KeptAnswers => ({
  begin: async ({ callerId, application, key, digest }, at) => {
    const fresh = { digest, begunAt: at, answer: null };
    const isOver = or(
      lt(keptAnswers.begunAt, before(at, keyLastsMs)),
      and(isNull(keptAnswers.answer), lt(keptAnswers.begunAt, before(at, answeredWithinMs))),
    );
    const taken = await database
      .insert(keptAnswers)
      .values({ callerId, application, key, ...fresh })
      .onConflictDoUpdate({
        target: [keptAnswers.callerId, keptAnswers.application, keptAnswers.key],
        set: fresh,
        ...(isOver === undefined ? {} : { setWhere: isOver }),
      })
      .returning({ key: keptAnswers.key });
    if (taken.length === 1) return { kind: 'new' };
    const [known] = await database.select().from(keptAnswers).where(isOf({ callerId, application, key, digest }));
    // Dropped a moment ago: whoever tries once more finds it free.
    if (known === undefined) return { kind: 'in-flight' };
    if (known.digest !== digest) return { kind: 'other' };
    return known.answer === null ? { kind: 'in-flight' } : { kind: 'answered', answer: known.answer };
  },
  end: async (call, at, answer) => {
    await database
      .update(keptAnswers)
      .set({ answer })
      .where(and(isOf(call), eq(keptAnswers.begunAt, at)));
  },
  drop: async (call, at) => {
    await database.delete(keptAnswers).where(and(isOf(call), eq(keptAnswers.begunAt, at)));
  },
  removeOf: async (objectId) => {
    const removed = await database
      .delete(keptAnswers)
      .where(eq(keptAnswers.callerId, objectId.toLowerCase()))
      .returning({ key: keptAnswers.key });
    return removed.length;
  },
});
