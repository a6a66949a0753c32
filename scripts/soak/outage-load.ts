import { setTimeout as pause } from 'node:timers/promises';
import type { Surroundings } from '../../simulator/start.ts';

/** The answer that somebody got, and how long they waited. */
export type Heard = {
  readonly ms: number;
  /** The HTTP status of the bot; undefined if nobody answered. */
  readonly status: number | undefined;
  readonly texts: readonly string[];
};

export type Load = { readonly heard: readonly Heard[]; readonly acknowledged: readonly string[] };

type Chat = Surroundings['teams'];

const pauseMs = 250;

const timed = async (act: () => ReturnType<Chat['say']>): Promise<Heard> => {
  const start = performance.now();
  const { status, replies } = await act();
  const texts = replies.filter(({ cards }) => cards.length === 0).map(({ text }) => text);
  return { ms: performance.now() - start, status, texts };
};

const cardOf = (teams: Chat, reference: string): string => {
  const card = teams
    .messages('#approvals')
    .find(({ from, cards, visibleText }) => from === 'bot' && cards.length > 0 && visibleText.includes(reference));
  if (card === undefined) throw new Error(`${reference} has no card for its approvers.`);
  return card.id;
};

/**
 * People at work until it is over: Bob approves these requests one after another, Alice looks at hers, Carol lists recommendations.
 * `isOver` is told how many requests nobody has heard to be decided.
 */
export const workUntil = async (
  { teams }: Pick<Surroundings, 'teams'>,
  references: readonly string[],
  isOver: (undecided: number) => boolean,
): Promise<Load> => {
  const heard: Heard[] = [];
  const waiting = new Set(references);
  const again = async (turn: (number: number) => Promise<Heard | undefined>): Promise<void> => {
    for (let number = 0; !isOver(waiting.size); number += 1) {
      const answer = await turn(number);
      if (answer !== undefined) heard.push(answer);
      await pause(pauseMs);
    }
  };
  const approve = async (): Promise<Heard | undefined> => {
    const [reference] = waiting;
    if (reference === undefined) return undefined;
    const click = { verb: 'approve-request', reference, version: 1, comment: '' };
    const answer = await timed(() => teams.submit('bob', cardOf(teams, reference), click));
    // A refused press is explained in the personal chat of whoever pressed.
    const isDecided = teams.messages('bob').some(({ visibleText }) => visibleText.includes(`${reference} is already`));
    // A missing answer may still be waiting; the next click shows its result.
    if (answer.status === 200 && isDecided) waiting.delete(reference);
    return answer;
  };
  const [some = ''] = references;
  await Promise.all([
    again(approve),
    again((number) => timed(() => teams.say('alice', 'personal', number % 2 === 0 ? `request ${some}` : 'requests'))),
    again(() => timed(() => teams.say('carol', 'personal', 'recommendations storage'))),
  ]);
  return { heard, acknowledged: references.filter((reference) => !waiting.has(reference)) };
};

export type Waits = { readonly p50: number; readonly p95: number; readonly max: number; readonly turns: number };

/** How long people waited, in whole milliseconds. */
export const waitsOf = (heard: readonly Heard[]): Waits => {
  const sorted = heard.map(({ ms }) => Math.round(ms)).toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1), turns: sorted.length };
};
