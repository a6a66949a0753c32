import { noRequestToSee } from '../../core/request/kept-requests.ts';
import { dayIn } from '../../core/calendar.ts';
import { isRefusal } from '../../core/governance-error.ts';
import { asPerson, type Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { RoleNotActivated } from '../rights/refuse-unless-held.ts';
import { maySee, takeViewpoint } from '../rights/take-viewpoint.ts';

/** What somebody tried that only some may. */
export type Deed =
  'approve' | 'reject' | 'retry' | 'withdraw' | 'change' | 'revoke' | 'let-lapse' | 'adopt' | 'clean-up' | 'emergency';

/** What it was tried on: a request of ours, or, where there is none to name, facts that say what (ids, nothing personal). */
/** `typed`: by its reference and on no card, so that nothing says that they may know of it. */
export type TriedOn =
  | { readonly request: ExemptionRequest; readonly typed?: boolean }
  | { readonly facts: Readonly<Record<string, string>> };

/** Where an attempt is written down, and how long it stays the same attempt: the terms of a request, else a day. */
const placeOf = (desk: Desk, on: TriedOn) =>
  'request' in on
    ? { reference: on.request.reference, key: on.request.reference, round: String(on.request.termsVersion), facts: {} }
    : {
        reference: undefined,
        key: desk.hash(JSON.stringify(on.facts)),
        round: dayIn(desk.now(), desk.timeZone),
        facts: on.facts,
      };

/** Puts on record that somebody was refused, once for each person, deed and round: whoever clicks all day long must not fill the ledger. */
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

/** A refusal would tell somebody of what they may not see. */
const isHidden = async (desk: Desk, person: Person, request: ExemptionRequest): Promise<boolean> => {
  const asker = { person, channelId: undefined };
  return !maySee(await takeViewpoint(desk, asker), asker, request);
};

/** Does something that only some may; that somebody was refused for not being one of them goes on record. */
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
