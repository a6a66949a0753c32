import { readSecureScores } from '../core/access.ts';
import type { Draft } from '../core/draft.ts';
import type { ExemptionPlan } from '../core/exemption-plan.ts';
import { scopeLabel, type Hierarchy } from '../core/hierarchy.ts';
import type { Person } from '../core/person.ts';
import type { ScoreOutlook } from '../core/score-outlook.ts';
import { termsOf, type Form, type FormProblem, type Terms } from '../core/terms.ts';
import { approvalChannels } from './approval-channels.ts';
import type { Desk } from './desk.ts';
import { ownDraft } from './draft-request.ts';
import { offerTo, type Offer } from './offer.ts';
import { preflight } from './preflight.ts';
import { scoreOutlook } from './score-outlook.ts';
import { canSee, viewpointOf } from './viewpoint.ts';

type Preview = {
  readonly draft: Draft;
  readonly terms: Terms;
  readonly scopeLabels: readonly string[];
  readonly plan: ExemptionPlan;
  /** Names of the channels that will be asked; empty: nobody could be reached. */
  readonly askedIn: readonly string[];
  /** Undefined where the requester may not read the score. */
  readonly score: ScoreOutlook | undefined;
};

export type PreviewResult =
  | { readonly kind: 'preview'; readonly preview: Preview }
  | {
      readonly kind: 'problems';
      readonly draft: Draft;
      readonly offer: Offer;
      readonly problems: readonly FormProblem[];
    };

const checked = async (desk: Desk, person: Person, draft: Draft): Promise<PreviewResult> => {
  const offer = await offerTo(desk, person, draft.recommendation.key);
  const { key, title, severity } = offer.recommendation;
  const offered = { resources: offer.resources.map((each) => each.id), scopes: offer.scopes.map((each) => each.id) };
  const result = termsOf(draft.form, {
    recommendation: { key, title, severity },
    offered,
    limits: desk.limits,
    now: desk.now(),
    timeZone: desk.timeZone,
  });
  if ('problems' in result) return { kind: 'problems', draft, offer, problems: result.problems };
  const hierarchy: Hierarchy = await desk.hierarchy();
  const scoreReader = await viewpointOf(desk, { person, channelId: undefined }, readSecureScores);
  const [plan, channels, score] = await Promise.all([
    preflight(desk, offer.recommendation, result.terms.scopes),
    approvalChannels(desk, result.terms.scopes),
    scoreOutlook(desk, result.terms, async (subscription) => canSee(scoreReader, subscription)),
  ]);
  const scopeLabels = result.terms.scopes.map((scope) => scopeLabel(scope, hierarchy));
  const askedIn = channels.map((channel) => channel.name ?? 'a channel');
  return { kind: 'preview', preview: { draft, terms: result.terms, scopeLabels, plan, askedIn, score } };
};

/** Keeps what was typed, then checks it: a preview, or the form again with a sentence for each wrong field. */
export const previewRequest = async (
  desk: Desk,
  person: Person,
  draftId: string,
  form: Form,
): Promise<PreviewResult> => {
  const draft = { ...(await ownDraft(desk, person, draftId)), form };
  await desk.database.drafts.save(draft);
  return checked(desk, person, draft);
};

/** The draft as it was kept, checked again against Azure's current state. */
export const recheckDraft = async (desk: Desk, person: Person, draftId: string): Promise<PreviewResult> =>
  checked(desk, person, await ownDraft(desk, person, draftId));
