import { noRequestToSee } from '../../core/request/kept-requests.ts';
import { dayIn } from '../../core/calendar.ts';
import { isRefusal } from '../../core/governance-error.ts';
import { withoutThread } from '../../core/chat/conversation.ts';
import { asPerson, type Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { RoleNotActivated } from '../rights/refuse-unless-held.ts';
import { maySee, takeViewpoint } from '../rights/take-viewpoint.ts';

/** An attempt at something that only some people may do. */
export type Deed =
  'approve' | 'reject' | 'retry' | 'withdraw' | 'change' | 'revoke' | 'let-lapse' | 'adopt' | 'clean-up' | 'emergency';

/** What was attempted: a request or, if there is none, facts that identify the target (ids, nothing personal). */
/** `here` is the conversation where it was attempted, which may show a card of the request. */
export type TriedOn =
  | { readonly request: ExemptionRequest; readonly here?: string | undefined }
  | { readonly facts: Readonly<Record<string, string>> };

/** Where an attempt is recorded, and how long further attempts count as the same: for the terms of a request, otherwise for a day. */
const placeOf = (desk: Desk, on: TriedOn) =>
  'request' in on
    ? { reference: on.request.reference, key: on.request.reference, round: String(on.request.termsVersion), facts: {} }
    : {
        reference: undefined,
        key: desk.hash(JSON.stringify(on.facts)),
        round: dayIn(desk.now(), desk.timeZone),
        facts: on.facts,
      };

/** Records that somebody was refused, once for each person, deed and round, so that clicking all day does not fill the ledger. */
export const recordRefusal = async (desk: Desk, person: Person, tried: Deed, on: TriedOn): Promise<void> => {
  const { reference, key, round, facts } = placeOf(desk, on);
  await desk.database.transaction(async (store) => {
    const step = `${person.objectId.toLowerCase()} ${tried} ${round}`;
    if (!(await store.alerts.claim('refusals', key, [step], desk.now()))) return;
    await store.ledger.append({
      at: desk.now(),
      actor: asPerson(person),
      reference,
      event: 'refused',
      from: undefined,
      to: undefined,
      text: '',
      facts: { tried, ...facts },
    });
  });
};

type OnRequest = Extract<TriedOn, { request: unknown }>;

/** Whether a refusal would reveal a request that this person may not see, and of which no card was posted where they are. */
const isHidden = async (desk: Desk, person: Person, { request, here }: OnRequest): Promise<boolean> => {
  const cards = here === undefined ? [] : await desk.database.postedCards.of(request.reference);
  if (cards.some(({ conversationId }) => withoutThread(conversationId) === here)) return false;
  const asker = { person, channelId: undefined };
  return !maySee(await takeViewpoint(desk, asker), asker, request);
};

/**
 * Runs something that only some people may do, and records when somebody is refused. What a press carries may be forged, so somebody who may not see the
 * request hears what they would hear of one that does not exist.
 */
export const recordingRefusal = async <Result>(
  desk: Desk,
  person: Person,
  tried: Deed,
  on: TriedOn,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error, 'forbidden')) throw error;
    await recordRefusal(desk, person, tried, on);
    if ('request' in on && !(error instanceof RoleNotActivated) && (await isHidden(desk, person, on)))
      throw noRequestToSee(on.request.reference);
    throw error;
  }
};
