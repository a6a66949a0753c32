import type { PlanSources } from '../../src/core/plan/plan-sources.ts';

type Call = (...given: unknown[]) => Promise<unknown>;

/** Live in the real adapters too, or read page by page. */
const neverRemembered = ['assignmentExists', 'exemptStates', 'fate', 'read', 'write', 'snapshot', 'restore', 'remove'];

/** The same sources, which answer what was asked before from memory while `isOn`, as the real ones do for minutes. */
export const remembering = <Sources extends PlanSources>(sources: Sources, isOn: () => boolean): Sources => {
  const known = new Map<string, Promise<unknown>>();
  const remembered =
    (name: string, call: Call): Call =>
    (...given) => {
      if (!isOn()) return call(...given);
      const key = JSON.stringify([name, given]);
      const answer = known.get(key) ?? call(...given);
      known.set(key, answer);
      return answer;
    };
  const port = <Port extends object>(name: string, methods: Port): Port =>
    Object.fromEntries(
      Object.entries(methods).map(([method, call]: [string, Call]) => [
        method,
        neverRemembered.includes(method) ? call : remembered(`${name}.${method}`, call),
      ]),
    ) as Port;
  return {
    ...sources,
    hierarchy: remembered('hierarchy', sources.hierarchy),
    recommendations: port('recommendations', sources.recommendations),
    policies: port('policies', sources.policies),
    exemptions: port('exemptions', sources.exemptions),
  };
};
