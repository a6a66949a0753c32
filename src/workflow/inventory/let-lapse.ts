import { writeExemptions } from '../../core/access/access.ts';
import { expiryOf, type ExemptionUnit } from '../../core/alert/alert.ts';
import { outcomeWords } from '../../core/alert/outcome-words.ts';
import { formatInstant } from '../../core/calendar.ts';
import { isExpired } from '../../core/exemption/exemption.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { asPerson, samePerson, type Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { noteOutcomesIn } from '../alert/note-outcomes.ts';
import { endKey, unitsOf } from './exemption-units.ts';
import { readExemption } from './read-exemption.ts';
import { refuseUnlessHeld } from '../rights/refuse-unless-held.ts';
import { recordingRefusal } from '../record/record-refusal.ts';

/** Stored under the pseudo-conversation "lapsing", because claims are never deleted. */
const claim = { place: 'lapsing', step: 'let-lapse' } as const;

/** Whether the reminders of a unit and expiry were stopped; another expiry starts again. */
export const isLapsing = (desk: Pick<Desk, 'database'>, unitEnd: string): Promise<boolean> =>
  desk.database.alerts.isClaimed(claim.place, unitEnd, [claim.step]);

/** The unit of an exemption, as the sweep last saw it. */
const unitWith = async (
  desk: Desk,
  exemptionId: string,
): Promise<{ readonly unit: ExemptionUnit | undefined; readonly request: ExemptionRequest | undefined }> => {
  const { seen, requests } = desk.database;
  const [sighting] = await seen.find([exemptionId]);
  if (sighting === undefined)
    throw new GovernanceError(
      'not-found',
      `Exemption Desk has not read that exemption yet. It reads all exemptions every ${desk.sweepMinutes} minutes: please try again then.`,
    );
  const members = await seen.inUnits([sighting.unitKey]);
  const [unit] = unitsOf(
    members.filter(({ orphaned }) => !orphaned),
    new Map(),
  );
  return { unit, request: unit?.reference === undefined ? undefined : await requests.find(unit.reference) };
};

/** The expiry that is still to come. */
const endOf = (desk: Desk, unit: ExemptionUnit): Date => {
  const expiresAt = expiryOf(unit);
  if (expiresAt === undefined)
    throw new GovernanceError('invalid', 'That exemption never expires, so it has no reminders.');
  if (isExpired({ expiresAt }, desk.now()))
    throw new GovernanceError('conflict', 'That exemption has already expired.');
  return expiresAt;
};

const idsOf = ({ exemptions }: ExemptionUnit): string => exemptions.map(({ id }) => id).join(' ');

const refuseUnlessTheirs = async (
  desk: Desk,
  person: Person,
  unit: ExemptionUnit,
  request: ExemptionRequest | undefined,
): Promise<void> => {
  if (request !== undefined && samePerson(request.requester, person)) return;
  const needs = unit.exemptions.map(({ scope }) => ({ action: writeExemptions, scope }));
  const on = request === undefined ? { facts: { exemptions: idsOf(unit) } } : { request };
  await recordingRefusal(desk, person, 'let-lapse', on, () =>
    refuseUnlessHeld(desk, person, needs, 'stop the reminders of this exemption'),
  );
};

export type Lapse = {
  readonly exemptionId: string;
  /** The request on whose card the button was, if any. */
  readonly reference: string | undefined;
};

/**
 * Stops all reminders that an exemption is about to expire, for everyone. Nothing changes in Azure, and its expiry is still reported. Only
 * for its requester, or for somebody who may write exemptions there, read live. Returns a sentence that confirms it.
 */
export const letLapse = async (desk: Desk, person: Person, { exemptionId, reference }: Lapse): Promise<string> => {
  const [{ exemption }] = await readExemption(desk, { person, channelId: undefined }, exemptionId);
  const { unit, request } = await unitWith(desk, exemption.id);
  if (unit === undefined)
    throw new GovernanceError('not-found', 'That exemption does not belong to any Defender recommendation.');
  if (reference !== undefined && unit.reference !== reference)
    throw new GovernanceError(
      'conflict',
      `${reference} has been renewed: ${unit.reference ?? 'another request'} is in force now.`,
    );
  const expiresAt = endOf(desk, unit);
  await refuseUnlessTheirs(desk, person, unit, request);
  await desk.database.transaction(async (store) => {
    if (!(await store.alerts.claim(claim.place, endKey(unit), [claim.step], desk.now()))) return;
    const words = outcomeWords.lapsing(person, desk.now(), desk.timeZone);
    const outcome = { ...words, step: 'lapsing', event: `lapsing ${endKey(unit)}` } as const;
    await noteOutcomesIn(store, [{ keys: [unit.key], outcome }], desk.now());
    await store.ledger.append({
      at: desk.now(),
      actor: asPerson(person),
      reference: unit.reference,
      event: 'let-lapse',
      from: undefined,
      to: undefined,
      text: '',
      facts: { exemptions: idsOf(unit), ends: expiresAt.toISOString() },
    });
  });
  return `Reminders are stopped for everyone. The exemption expires on ${formatInstant(expiresAt, desk.timeZone)}; to keep it, renew it.`;
};
