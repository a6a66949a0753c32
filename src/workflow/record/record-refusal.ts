import { noRequestToSee } from '../../core/request/kept-requests.ts';
import { dayIn } from '../../core/calendar.ts';
import { isRefusal } from '../../core/governance-error.ts';
import { asPerson, type Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { RoleNotActivated } from '../rights/refuse-unless-held.ts';
import { maySee, takeViewpoint } from '../rights/take-viewpoint.ts';

/** An attempt at something that only some people may do. */
export type Deed =
  'approve' | 'reject' | 'retry' | 'withdraw' | 'change' | 'revoke' | 'let-lapse' | 'adopt' | 'clean-up' | 'emergency';

/** What was attempted: a request or, if there is none, facts that identify the target (ids, nothing personal). */
/** `typed`: by its reference and not on a card, so that nothing shows that they may know of it. */
export type TriedOn =
  | { readonly request: ExemptionRequest; readonly typed?: boolean }
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

/** Whether a refusal would reveal a request that this person may not see. */
const isHidden = async (desk: Desk, person: Person, request: ExemptionRequest): Promise<boolean> => {
  const asker = { person, channelId: undefined };
  return !maySee(await takeViewpoint(desk, asker), asker, request);
};

/** Runs something that only some people may do, and records when somebody is refused. */
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
    const isTyped = 'request' in on && on.typed === true;
    if (isTyped && !(error instanceof RoleNotActivated) && (await isHidden(desk, person, on.request)))
      throw noRequestToSee(on.request.reference);
    throw error;
  }
};
