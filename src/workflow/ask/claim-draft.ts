import { GovernanceError } from '../../core/governance-error.ts';
import { asPerson, type Person } from '../../core/person.ts';
import type { UnclaimedDraft } from '../../core/request/draft.ts';
import type { Desk } from '../desk.ts';
import { canSee, takeViewpoint } from '../rights/take-viewpoint.ts';
import { draftOn, type OpenDraft } from './draft-request.ts';
import { offerChoices } from './offer-choices.ts';

const noSuchDraft = (): GovernanceError =>
  new GovernanceError('not-found', 'There is no draft of an application here that you may see.');

/** A draft that an application left, for somebody who may read all that it is about. Throws GovernanceError not-found for everybody else. */
export const unclaimedInSight = async (desk: Desk, person: Person, id: string): Promise<UnclaimedDraft> => {
  const [left, viewpoint] = await Promise.all([
    desk.database.unclaimedDrafts.find(id),
    takeViewpoint(desk, { person, channelId: undefined }),
  ]);
  if (!left?.scopes.every((scope) => canSee(viewpoint, scope))) throw noSuchDraft();
  return left;
};

/**
 * Makes a draft of an application one's own. From then on the person is its requester: they fill it in, send it, and never decide it. Throws
 * GovernanceError conflict if somebody was faster.
 */
export const claimDraft = async (desk: Desk, person: Person, id: string): Promise<OpenDraft> => {
  const left = await unclaimedInSight(desk, person, id);
  const offer = await offerChoices(desk, person, left.recommendation.key);
  const draft = draftOn(desk, person, offer, { ...left.form, resources: left.scopes });
  await desk.database.transaction(async (store) => {
    if (!(await store.unclaimedDrafts.claim(id, person.objectId)))
      throw new GovernanceError('conflict', 'Somebody has already claimed this draft.');
    await store.drafts.save(draft);
    await store.ledger.append({
      at: desk.now(),
      actor: asPerson(person),
      reference: undefined,
      event: 'draft-claimed',
      from: undefined,
      to: undefined,
      text: '',
      facts: {
        draft: draft.id,
        'drafted-by': left.application,
        recommendation: left.recommendation.key,
        scopes: left.scopes.join(' '),
      },
    });
  });
  return { draft, offer };
};
