import { z } from 'zod';
import type { Draft, UnclaimedDraft } from '../../core/request/draft.ts';
import { isBlocking } from '../../core/plan/obstacle.ts';
import type { Form } from '../../core/request/terms.ts';
import { visibleText } from '../../core/visible-text.ts';
import type { PreviewResult } from '../../workflow/ask/preview-request.ts';
import { about } from './shapes.ts';

const written = (longest: number) => z.string().max(longest).transform(visibleText);

/** The fields of a draft; everything but the recommendation may be left out and filled in later, in Teams. */
export const draftBody = z.object({
  recommendation: z.guid().describe('The key of the recommendation.'),
  scopes: z.array(z.string().max(1024).startsWith('/')).min(1).max(200).describe('Ids of resources or wider scopes.'),
  name: written(400).optional(),
  category: z.enum(['Waiver', 'Mitigated']).optional(),
  lastDay: z
    .union([z.iso.date(), z.literal('never')])
    .optional()
    .describe('Without it, 30 days from now.'),
  justification: written(2000).optional(),
  ticket: written(200).optional(),
  onBehalfOf: written(200).optional().describe('For whom an application drafts. It is shown, and proves nothing.'),
});

export type DraftBody = z.infer<typeof draftBody>;

/** The fields of the form that were given. */
export const formIn = ({ scopes, name, category, lastDay, justification, ticket }: DraftBody): Partial<Form> => ({
  resources: scopes,
  ...(name === undefined ? {} : { name }),
  ...(category === undefined ? {} : { category }),
  ...(lastDay === undefined ? {} : lastDay === 'never' ? { expiry: 'never' } : { expiry: 'date', expiryDate: lastDay }),
  ...(justification === undefined ? {} : { justification }),
  ...(ticket === undefined ? {} : { ticket }),
});

const preview = z.object({
  seen: z.string().describe('Stands for these terms; sending names it.'),
  canBeSent: z.boolean(),
  scopes: z.array(z.object({ id: z.string(), name: z.string() })),
  exemptions: z.array(z.string()).describe('The ids of what would be written to Azure.'),
  alsoExempts: z.array(z.string()),
  findings: z.array(z.object({ code: z.string(), kind: z.string(), sentence: z.string() })),
  approvalsNeeded: z.number().int().nullable().describe('Null: the rules refuse it.'),
  askedIn: z.array(z.string()),
});

/** A draft with what is wrong with it, and what it would do. */
export const draftShape = z.object({
  id: z.string(),
  state: z
    .enum(['own', 'unclaimed', 'claimed'])
    .describe('Unclaimed: an application left it, and a person may claim it.'),
  recommendation: about,
  onBehalfOf: z.string().nullable(),
  problems: z.array(z.object({ field: z.string(), sentence: z.string() })),
  preview: preview.nullable(),
});

type Shown = z.input<typeof draftShape>;

const aboutOf = ({ key, title, severity }: Draft['recommendation']): Shown['recommendation'] => ({
  key,
  title,
  severity,
});

/** Why a preview cannot be sent as it is, in sentences. */
export const whyNotSent = (result: PreviewResult): string[] =>
  result.kind === 'problems'
    ? result.problems.map(({ sentence }) => sentence)
    : result.preview.plan.obstacles.filter(isBlocking).map(({ sentence }) => sentence);

export const shownUnclaimed = ({ id, recommendation, onBehalfOf, claimedBy }: UnclaimedDraft): Shown => ({
  id,
  state: claimedBy === undefined ? 'unclaimed' : 'claimed',
  recommendation: aboutOf(recommendation),
  onBehalfOf: onBehalfOf === '' ? null : onBehalfOf,
  problems: [],
  preview: null,
});

export const shownDraft = (result: PreviewResult): Shown => {
  const { draft } = result.kind === 'problems' ? result : result.preview;
  const own = { id: draft.id, state: 'own', recommendation: aboutOf(draft.recommendation), onBehalfOf: null } as const;
  if (result.kind === 'problems')
    return { ...own, problems: result.problems.map(({ field, sentence }) => ({ field, sentence })), preview: null };
  const { terms, scopeLabels, plan, governance, askedIn, seen } = result.preview;
  return {
    ...own,
    problems: [],
    preview: {
      seen,
      canBeSent: plan.targets.length > 0 && governance !== undefined && !plan.obstacles.some(isBlocking),
      scopes: terms.scopes.map((id, at) => ({ id, name: scopeLabels[at] ?? id })),
      exemptions: plan.targets.map(({ exemptionId }) => exemptionId),
      alsoExempts: [...plan.alsoExempts],
      findings: plan.obstacles.map(({ code, kind, sentence }) => ({ code, kind, sentence })),
      approvalsNeeded: governance?.approvals ?? null,
      askedIn: [...askedIn],
    },
  };
};
