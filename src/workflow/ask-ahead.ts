import type { Foresight } from '../core/foresight.ts';
import { normalChain } from '../core/tenant/hierarchy.ts';
import { surroundingsOf } from '../core/tenant/scope-sets.ts';
import type { Desk } from './desk.ts';

type Question<Given extends readonly unknown[], Answer> = (...given: Given) => Promise<Answer>;

/** Puts something around each question to Azure. `key` is all that an answer depends on. */
type Around = <Given extends readonly unknown[], Answer>(
  name: string,
  ask: Question<Given, Answer>,
  key?: (...given: Given) => unknown,
) => Question<Given, Answer>;

type PlanPorts = Pick<Desk, 'hierarchy' | 'recommendations' | 'policies' | 'exemptions'>;

/** The questions that lead to others: from their answers it can be guessed what is asked next. */
const leading = <Ports extends PlanPorts>(ports: Ports, around: Around): Ports => {
  const { recommendations, policies, exemptions } = ports;
  return {
    ...ports,
    hierarchy: around('hierarchy', ports.hierarchy),
    recommendations: {
      ...recommendations,
      recommendation: around('recommendation', recommendations.recommendation),
      assessments: around('assessments', recommendations.assessments),
      catalogue: around('catalogue', recommendations.catalogue),
    },
    policies: {
      ...policies,
      assignments: around('assignments', policies.assignments),
      initiative: around('initiative', policies.initiative),
    },
    exemptions: { ...exemptions, near: around('near', exemptions.near, surroundingsOf) },
  };
};

const whoReads = (desk: Desk, around: Around): Pick<Desk, 'forReading'> => ({
  forReading: around('forReading', desk.forReading, ({ tenantId, objectId }) => [tenantId, objectId]),
});

const everyQuestion = (desk: Desk, around: Around): Desk => {
  const ports = { ...leading(desk, around), ...whoReads(desk, around) };
  const { exemptions, ownAccess } = ports;
  return {
    ...ports,
    forDecision: around('forDecision', desk.forDecision, ({ tenantId, objectId }, scopes) => [
      tenantId,
      objectId,
      scopes,
    ]),
    groupsForDecision: around('groupsForDecision', desk.groupsForDecision, ({ objectId }) => objectId),
    exemptions: {
      ...exemptions,
      fate: around('fate', exemptions.fate),
      hiddenMembers: around('hiddenMembers', exemptions.hiddenMembers),
    },
    ownAccess: {
      ...ownAccess,
      mayWrite: around('mayWrite', ownAccess.mayWrite, (rights, hierarchy) => [
        rights,
        rights.map(({ scope }) => normalChain(scope, hierarchy)),
      ]),
      denials: around('denials', ownAccess.denials),
      locks: around('locks', ownAccess.locks),
    },
  };
};

const nameOf = (name: string, key: unknown): string => `${name} ${JSON.stringify(key)}`;

const noting =
  (foresight: Foresight): Around =>
  (name, ask, key = (...given) => given) =>
  async (...given) => {
    const answer = await ask(...given);
    foresight.note(nameOf(name, key(...given)), answer);
    return answer;
  };

/** The same desk, which notes the answers from which the next questions can be guessed. */
export const noteAnswers = <Whole extends Desk>(desk: Whole): Whole => {
  const { foresight } = desk;
  if (foresight === undefined) return desk;
  const around = noting(foresight);
  return {
    ...leading(desk, around),
    ...whoReads(desk, around),
    askAfresh: () => {
      const sources = desk.askAfresh();
      return leading({ ...sources, exemptions: { ...desk.exemptions, ...sources.exemptions } }, around);
    },
  };
};

/** Asks each question once, and keeps what came of it. */
const once = (): Around => {
  const asked = new Map<string, Promise<unknown>>();
  return <Given extends readonly unknown[], Answer>(
      name: string,
      ask: Question<Given, Answer>,
      key: (...given: Given) => unknown = (...given) => given,
    ) =>
    (...given: Given): Promise<Answer> => {
      const question = nameOf(name, key(...given));
      const known = asked.get(question) as Promise<Answer> | undefined;
      if (known !== undefined) return known;
      const answer = ask(...given);
      asked.set(question, answer);
      // Who asked ahead does not wait for it; who needs the answer gets the failure.
      answer.catch(() => undefined);
      return answer;
    };
};

/** Asks, and goes on with what was answered lately, until there is nothing to ask ahead for. */
const guessing =
  (foresight: Foresight, isOver: () => boolean): Around =>
  <Given extends readonly unknown[], Answer>(
    name: string,
    ask: Question<Given, Answer>,
    key: (...given: Given) => unknown = (...given) => given,
  ) =>
  async (...given: Given): Promise<Answer> => {
    if (isOver()) throw new Error('The rehearsal is over.');
    const answer = ask(...given);
    const before = foresight.lately(nameOf(name, key(...given)));
    return before === undefined ? answer : (before.answer as Answer);
  };

/**
 * Runs a piece of work that asks Azure one question after another, so that those whose answers do not matter to one another are asked together.
 * `rehearsal` is the same work without any effect. It runs beside it on the answers of before, only so that its questions are asked at once; the work
 * itself then finds them asked. It sees nothing but the answers of now, each question once, and every failure as if it had asked itself.
 */
export const askingAhead = async <Result>(
  desk: Desk,
  rehearsal: (desk: Desk) => Promise<unknown>,
  work: (desk: Desk) => Promise<Result>,
): Promise<Result> => {
  const now = everyQuestion(desk, once());
  const { foresight } = desk;
  if (foresight === undefined) return work(now);
  let isOver = false;
  // What goes wrong in a rehearsal goes wrong in the work as well, or does not matter.
  rehearsal(
    everyQuestion(
      now,
      guessing(foresight, () => isOver),
    ),
  ).catch(() => undefined);
  return work(now).finally(() => (isOver = true));
};
