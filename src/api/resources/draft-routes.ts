import { z } from 'zod';
import { isRefusal } from '../../core/governance-error.ts';
import { claimDraft, unclaimedInSight } from '../../workflow/ask/claim-draft.ts';
import { startDraft } from '../../workflow/ask/draft-request.ts';
import { leaveDraft } from '../../workflow/ask/leave-draft.ts';
import { recheckDraft } from '../../workflow/ask/preview-request.ts';
import { sendRequest } from '../../workflow/ask/send-request.ts';
import { problemOf, Refused } from '../problem.ts';
import { route } from '../route.ts';
import { draftBody, draftShape, formIn, shownDraft, shownUnclaimed, whyNotSent } from './draft-shape.ts';
import { requestShape, shownRequest } from './request-shape.ts';

const byId = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

export const newDraft = route({
  method: 'POST',
  path: '/drafts',
  name: 'createDraft',
  summary: 'Begin a request: one of the caller, or of an application one that a person has to claim',
  needs: 'draft',
  guests: 'asks',
  body: draftBody,
  status: 201,
  answer: draftShape,
  run: async (desk, { caller, body }) => {
    const { recommendation: key, scopes, onBehalfOf = '' } = body;
    if (caller.kind === 'application')
      return { body: shownUnclaimed(await leaveDraft(desk, caller, { key, scopes, form: formIn(body), onBehalfOf })) };
    if (onBehalfOf !== '')
      throw new Refused(problemOf('invalid', 'A person asks for themselves: leave out “onBehalfOf”.'));
    const { draft } = await startDraft(desk, caller.person, key, formIn(body));
    return { body: shownDraft(await recheckDraft(desk, caller.person, draft.id)) };
  },
});

export const oneDraft = route({
  method: 'GET',
  path: '/drafts/{id}',
  name: 'showDraft',
  summary: 'A draft of the caller, or one of an application that the caller could claim',
  needs: 'read',
  guests: 'reads',
  params: byId,
  status: 200,
  answer: draftShape,
  run: async (desk, { caller, params }) => {
    try {
      return { body: shownDraft(await recheckDraft(desk, caller.person, params.id)) };
    } catch (error) {
      if (!isRefusal(error, 'not-found')) throw error;
      return { body: shownUnclaimed(await unclaimedInSight(desk, caller.person, params.id)) };
    }
  },
});

export const claim = route({
  method: 'POST',
  path: '/drafts/{id}/claim',
  name: 'claimDraft',
  summary: 'Make a draft of an application one’s own: its requester, who never decides it',
  needs: 'act',
  guests: 'asks',
  params: byId,
  status: 201,
  answer: draftShape,
  run: async (desk, { caller, params }) => {
    const { draft } = await claimDraft(desk, caller.person, params.id);
    return { body: shownDraft(await recheckDraft(desk, caller.person, draft.id)) };
  },
});

export const submit = route({
  method: 'POST',
  path: '/drafts/{id}/submit',
  name: 'submitDraft',
  summary: 'Send a draft to its approvers, with the terms that its preview showed',
  needs: 'act',
  guests: 'asks',
  params: byId,
  body: z.object({ seen: z.string().max(200).describe('From the preview that was read.') }),
  status: 201,
  answer: requestShape,
  run: async (desk, { caller, params, body }) => {
    const result = await sendRequest(desk, caller.person, params.id, undefined, body.seen);
    if (result.kind === 'sent' || result.kind === 'changed') return { body: shownRequest(desk, result.request) };
    const reasons = whyNotSent(result);
    throw new Refused(
      problemOf(
        'conflict',
        reasons.length === 0
          ? 'The draft is not as its preview showed it. Read it again, and send what it says in “seen” now.'
          : 'The draft cannot be sent as it is.',
        { reasons },
      ),
    );
  },
});
