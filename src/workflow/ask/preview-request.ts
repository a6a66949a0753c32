import { readSecureScores } from '../../core/access/access.ts';
import type { Draft } from '../../core/request/draft.ts';
import type { ReplacedTerms, ShownFormerTerms } from '../../core/chat/request-view.ts';
import type { ExemptionPlan } from '../../core/plan/exemption-plan.ts';
import { covers, scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Person } from '../../core/person.ts';
import { firstLasted, renewalOf, type Renewal } from '../../core/request/renewal.ts';
import type { ScoreOutlook } from '../../core/score/secure-score.ts';
import { objectsToWrite, type ObjectToWrite } from '../../core/plan/objects-to-write.ts';
import type { Reach } from '../../core/plan/reach.ts';
import type { RequestGovernance } from '../../core/request/request-governance.ts';
import { askedIn as askedInForm, termsOf, type Form, type FormProblem, type Terms } from '../../core/request/terms.ts';
import { loosestLimits } from '../../core/governance/widest-limits.ts';
import { findApprovalPlaces, placeNames } from '../decide/find-approval-channels.ts';
import { askingAhead } from '../ask-ahead.ts';
import type { Desk } from '../desk.ts';
import { ownDraft } from './draft-request.ts';
import { fillInForm, readForm, type FilledDraft } from './fill-in-form.ts';
import type { FilledIn } from './typed-form.ts';
import { governRequest } from '../plan/govern-request.ts';
import { warnOfApprovers } from '../rights/count-approvers.ts';
import { couldWrite } from '../rights/may-decide.ts';
import { governanceOf } from './governance-of.ts';
import { offerChoices, type Offer } from './offer-choices.ts';
import { readableAmong } from './read-searched.ts';
import { checkRequest } from '../plan/check-request.ts';
import { withBlocks } from './block-plan.ts';
import { askForPlan } from '../plan/plan-request.ts';
import { comparedWith } from './compare-terms.ts';
import { findAmended, findReplaced } from './find-replaced.ts';
import { findReach } from '../tell/find-reach.ts';
import { estimateScore } from '../plan/estimate-score.ts';
import { canSee, takeViewpoint } from '../rights/take-viewpoint.ts';

export type Preview = {
  readonly draft: Draft;
  readonly terms: Terms;
  /** Undefined if it replaces nothing. */
  readonly renewal: Renewal | undefined;
  /** What the terms take the place of: those of the waiting request that is changed, or those in force. */
  readonly former: ShownFormerTerms | undefined;
  readonly replaced: ReplacedTerms | undefined;
  readonly scopeLabels: readonly string[];
  /** Stands for these terms: other terms have another one. */
  readonly seen: string;
  /** The line about what the request hits; undefined where that is not known. */
  readonly reach: Reach | undefined;
  /** The first of the objects that it would write to Azure. */
  readonly objects: readonly ObjectToWrite[];
  readonly plan: ExemptionPlan;
  /** Names of the channels that will be asked; empty: nobody could be reached. */
  readonly askedIn: readonly string[];
  /** Undefined if the requester may not read the score. */
  readonly score: ScoreOutlook | undefined;
  /** The rules for the request; undefined if the governance file refuses it. */
  readonly governance: RequestGovernance | undefined;
  /** Too few people could approve it, or that could not be counted; undefined if there is nothing to say. */
  readonly approverWarning: Awaited<ReturnType<typeof warnOfApprovers>>;
  /** Whether the operator has delegated a permission for decisions to any group. */
  readonly lends: boolean;
  /** Whether the requester could go ahead in an emergency, as far as cached roles show. */
  readonly emergencyPossible: boolean;
};

export type PreviewResult =
  | { readonly kind: 'preview'; readonly preview: Preview }
  | {
      readonly kind: 'problems';
      readonly draft: Draft;
      readonly offer: Offer;
      readonly problems: readonly FormProblem[];
    };

/** A request is replaced as a whole: a part left behind would belong to a request that has ended. */
const notAll = (reference: string, { resources, scopes }: Offer, terms: Terms): FormProblem[] =>
  terms.scopes.length === resources.length + scopes.length
    ? []
    : [
        {
          field: 'resources',
          sentence: `Keep everything that ${reference} covers. Send a new request for anything else.`,
        },
      ];

const filledIn = async (desk: Desk, person: Person, draft: Draft): Promise<FilledDraft> => {
  const replaced = await findReplaced(desk, draft);
  const offer = await offerChoices(desk, person, draft.recommendation.key, replaced?.terms.scopes);
  return { draft, offer, replaced, amended: await findAmended(desk, draft), problems: [] };
};

const checked = async (
  desk: Desk,
  person: Person,
  { draft, offer, replaced, amended, problems }: FilledDraft,
): Promise<PreviewResult> => {
  const { key, title, severity } = offer.recommendation;
  const offered = {
    resources: offer.resources.map((each) => each.id),
    scopes: offer.scopes.map((each) => each.id),
    searched: await readableAmong(desk, person, draft.form.searched),
  };
  const places = await desk.hierarchy();
  const isInside = (scope: string, wide: string): boolean => covers(wide, scope, places);
  const asked = askedInForm(draft.form, offered, isInside);
  if (asked.scopes.length > 0) askForPlan(desk, asked.scopes);
  const decision =
    asked.category === undefined || asked.scopes.length === 0
      ? undefined
      : await governRequest(desk, {
          recommendation: offer.recommendation,
          category: asked.category,
          reason: draft.form.reason,
          scopes: asked.scopes,
          firstLasted: replaced === undefined ? undefined : firstLasted(replaced, desk.timeZone),
        });
  const result = termsOf(draft.form, {
    recommendation: { key, title, severity },
    offered,
    limits: decision?.outcome.kind === 'allowed' ? decision.outcome.limits : loosestLimits(desk.governance),
    ticketFits: desk.governance.ticketFits,
    reasons: desk.governance.reasons,
    isInside,
    now: desk.now(),
    timeZone: desk.timeZone,
  });
  if ('problems' in result || decision === undefined || problems.length > 0)
    return {
      kind: 'problems',
      draft,
      offer,
      problems: [...problems, ...('problems' in result ? result.problems : [])],
    };
  const leftOut = replaced === undefined ? [] : notAll(replaced.reference, offer, result.terms);
  if (leftOut.length > 0) return { kind: 'problems', draft, offer, problems: leftOut };
  const hierarchy: Hierarchy = await desk.hierarchy();
  const scoreReader = await takeViewpoint(desk, { person, channelId: undefined }, readSecureScores);
  const [found, score, reach] = await Promise.all([
    checkRequest(desk, offer.recommendation, result.terms, { changing: draft.amends?.reference, replaced }),
    estimateScore(desk, result.terms, async (subscription) => canSee(scoreReader, subscription)),
    findReach(desk, result.terms, { ...decision.facts, when: 'now' }, hierarchy),
  ]);
  const before = amended ?? replaced;
  const compared = comparedWith(before, { terms: result.terms, plan: found });
  const scopeLabels = result.terms.scopes.map((scope) => scopeLabel(scope, hierarchy));
  const plan = withBlocks(compared, decision.outcome, scopeLabels);
  const governance = await governanceOf(desk, person, plan, result.terms, decision);
  const askedIn =
    governance === undefined
      ? []
      : placeNames(await findApprovalPlaces(desk, { governance, requester: person, terms: result.terms }));
  const approverWarning = governance && (await warnOfApprovers(desk, person, plan.targets, governance));
  const emergencyPossible =
    draft.amends === undefined &&
    replaced === undefined &&
    governance !== undefined &&
    governance.approvals > 0 &&
    plan.targets.length > 0 &&
    couldWrite(scoreReader.access, plan, hierarchy);
  return {
    kind: 'preview',
    preview: {
      draft,
      terms: result.terms,
      former: before && {
        kind: amended === undefined ? 'in-force' : 'changed',
        reference: before.reference,
        terms: before.terms,
        scopeLabels: before.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)),
      },
      replaced,
      renewal: replaced && renewalOf(replaced, result.terms.expiresAt, desk.timeZone),
      scopeLabels,
      seen: desk.hash(JSON.stringify(result.terms)),
      reach,
      objects: objectsToWrite(plan.targets, hierarchy),
      plan,
      askedIn,
      score,
      governance,
      approverWarning,
      lends: desk.delegateGroups.length > 0,
      emergencyPossible,
    },
  };
};

/** Saves the input, then checks it. Returns a preview, or the form with a sentence for each invalid field. */
export const previewRequest = async (
  desk: Desk,
  person: Person,
  draftId: string,
  form: Form,
): Promise<PreviewResult> => {
  const draft = { ...(await ownDraft(desk, person, draftId)), form };
  await desk.database.drafts.save(draft);
  return recheckDraft(desk, person, draftId);
};

/** The same for a form as its card sends it. */
export const previewForm = (desk: Desk, person: Person, draftId: string, given: FilledIn): Promise<PreviewResult> =>
  askingAhead(
    desk,
    async (ahead) =>
      checked(ahead, person, await readForm(ahead, person, await ownDraft(ahead, person, draftId), given)),
    async (now) => checked(now, person, await fillInForm(now, person, draftId, given)),
  );

/** Checks the saved draft again against the current state of Azure. */
export const recheckDraft = (desk: Desk, person: Person, draftId: string): Promise<PreviewResult> => {
  const check = async (on: Desk) =>
    checked(on, person, await filledIn(on, person, await ownDraft(on, person, draftId)));
  return askingAhead(desk, check, check);
};
