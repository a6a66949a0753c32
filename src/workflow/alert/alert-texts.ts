import { personOrApplication } from '../../core/exemption/who-changed.ts';
import { firstFew } from '../../core/first-few.ts';
import { expiryOf, type Alert, type ExemptionUnit, type LadderStep } from '../../core/alert/alert.ts';
import { aboutToExpireTitle, alertWords, emergencyEndsTitle } from '../../core/alert/alert-words.ts';
import { outcomeWords, type OutcomeWords } from '../../core/alert/outcome-words.ts';
import { formatDay, formatEnd, formatInstant } from '../../core/calendar.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { approverNames, type ExemptionRequest } from '../../core/request/request.ts';

export type AlertContext = {
  readonly hierarchy: Hierarchy;
  readonly timeZone: string;
  readonly request: ExemptionRequest | undefined;
  /** When it was found out. */
  readonly at: Date;
};

/** The texts of an alert that differ from those in every alert about an exemption. */
export type AlertWords = Pick<Alert, 'step' | 'title'> &
  Partial<Pick<Alert, 'facts' | 'words' | 'rows' | 'approve'>> & {
    /** What the earlier cards say of it; left out: nothing. */
    readonly outcome?: OutcomeWords;
  };

const placesShown = 5;

/** The names of the first few scopes; a request may have a hundred. */
export const placesOf = (scopes: readonly string[], hierarchy: Hierarchy): string => {
  const labels = [...new Set(scopes.map((scope) => scopeLabel(scope, hierarchy)))];
  return firstFew(labels, placesShown);
};

/**
 * "Alice Anders, approved by Bob Berger", or the creator that Azure names. Of an exemption that is gone nobody can be named any more, because
 * Exemption Desk keeps no names of people who make exemptions outside.
 */
const makerOf = (unit: ExemptionUnit, request: ExemptionRequest | undefined, isGone: boolean): Alert['facts'] => {
  if (request !== undefined)
    return [{ label: 'Requested by', text: `${request.requester.name}, approved by ${approverNames(request)}` }];
  const by = unit.exemptions[0]?.createdBy;
  if (by === undefined && isGone) return [];
  return [{ label: 'Created by', text: by === undefined ? 'Azure does not say' : personOrApplication(by) }];
};

const endOf = (unit: Pick<ExemptionUnit, 'exemptions'>, timeZone: string): string =>
  formatEnd(expiryOf(unit), timeZone);

const isGoneAt = (step: Alert['step']): boolean =>
  step === 'deleted' || step === 'revoked' || step === 'cleaned' || step === 'scope-gone';

const labelsFor = (step: Alert['step']) =>
  isGoneAt(step)
    ? { end: 'Would have expired', inAzure: 'Was in Azure' }
    : { end: step === 'expired' ? 'Expired' : 'Expires', inAzure: 'In Azure' };

/** Who manages what was made outside; what is gone, nobody does. */
const toolOf = (unit: ExemptionUnit, isGone: boolean): string | undefined =>
  unit.reference === undefined && !isGone
    ? unit.exemptions.find(({ managedBy }) => managedBy !== undefined)?.managedBy
    : undefined;

/** The content of an alert about an exemption. It stays on screen, so dates are absolute and have their time zone. */
export const alertAbout = (
  unit: ExemptionUnit,
  { facts = [], outcome: _, ...said }: AlertWords,
  context: Omit<AlertContext, 'at'>,
): Alert => {
  const [first] = unit.exemptions;
  const count = unit.exemptions.length;
  const { request, hierarchy, timeZone } = context;
  const scopes = unit.exemptions.map(({ scope }) => scope);
  const labels = labelsFor(said.step);
  const tool = toolOf(unit, isGoneAt(said.step));
  return {
    words: request?.terms.justification ?? first?.description ?? '',
    ...(request?.terms.reason && { reason: request.terms.reason }),
    rows: [],
    ...said,
    severity: unit.recommendation.severity,
    facts: [
      { label: 'Recommendation', text: unit.recommendation.title },
      { label: 'Scope', text: placesOf(scopes, hierarchy) },
      { label: 'Category', text: first?.category ?? '' },
      { label: labels.end, text: endOf(unit, timeZone) },
      ...makerOf(unit, request, isGoneAt(said.step)),
      ...(tool === undefined ? [] : [{ label: 'Managed by', text: `${tool}. Have it changed there.` }]),
      ...facts,
      ...(unit.reference === undefined ? [] : [{ label: 'Request', text: unit.reference }]),
      ...(count === 1
        ? []
        : [{ label: labels.inAzure, text: `${count} exemptions, one per policy assignment and scope` }]),
    ],
    reference: unit.reference,
    ...(request?.origin === undefined ? {} : { origin: request.origin }),
    exemptionId: first?.id,
    ...(tool === undefined ? {} : { managedBy: tool }),
    ...(said.approve === undefined || request === undefined
      ? {}
      : { approves: request.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)) }),
  };
};

export const createdWords = ({ request }: AlertContext): AlertWords =>
  request === undefined ? alertWords.createdOutside : alertWords.created;

/** Before the end of an emergency exemption that nobody approved yet: when it is taken out, and the button that prevents it. */
export const emergencyWords = (
  step: LadderStep,
  { termsVersion, requester }: Pick<ExemptionRequest, 'termsVersion' | 'requester'>,
  end: Date,
  timeZone: string,
): AlertWords => ({
  step,
  title: emergencyEndsTitle(formatInstant(end, timeZone)),
  rows: [`${requester.name} had it written to Azure in an emergency. Somebody else must approve it.`],
  approve: termsVersion,
});

export const expiryWords = (step: LadderStep, end: Date, timeZone: string): AlertWords =>
  step === 'expired'
    ? { ...alertWords.expired, outcome: outcomeWords.expired(end, timeZone) }
    : { step, title: aboutToExpireTitle(formatDay(end, timeZone)) };
