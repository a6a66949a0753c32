import type { Desk } from './desk.ts';

/**
 * The desk for one decision: it asks Azure anew for all that the decision depends on, each question once, and uses no answer that a list or
 * an earlier decision got. What a person may read remains as it is for lists. Asking such a desk for another returns the same answers.
 */
export const afresh = (desk: Desk): Desk => {
  const sources = desk.askAfresh();
  const { hierarchy, recommendations, policies, exemptions } = sources;
  return {
    ...desk,
    hierarchy,
    recommendations,
    policies,
    exemptions: { ...desk.exemptions, near: exemptions.near },
    askAfresh: () => sources,
  };
};
