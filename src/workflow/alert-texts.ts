import { expiryOf, type Alert, type AlertStep, type ExemptionUnit } from '../core/alert.ts';
import { formatEnd } from '../core/calendar.ts';
import { scopeLabel, type Hierarchy } from '../core/hierarchy.ts';
import { approverNames, type ExemptionRequest } from '../core/request.ts';

export type AlertContext = {
  readonly hierarchy: Hierarchy;
  readonly timeZone: string;
  readonly request: ExemptionRequest | undefined;
};

const untilWords: Readonly<Record<Exclude<AlertStep, 'created' | 'expired'>, string>> = {
  '30': 'about to expire: 30 days left',
  '14': 'about to expire: 14 days left',
  '7': 'about to expire: 7 days left',
  '1': 'about to expire: 1 day left',
  '0': 'about to expire: this is the last day',
};

const titleOf = (step: AlertStep, outside: boolean): string => {
  if (step === 'created') return outside ? 'Exemption made outside Exemption Desk' : 'Exemption created';
  return step === 'expired' ? 'Exemption expired: the recommendation is open again' : `Exemption ${untilWords[step]}`;
};

const scopesOf = (unit: ExemptionUnit, hierarchy: Hierarchy): string =>
  [...new Set(unit.exemptions.map((exemption) => scopeLabel(exemption.scope, hierarchy)))].join(', ');

/** "Alice Anders, approved by Bob Berger", or who Azure says made it. */
const makerOf = (unit: ExemptionUnit, request: ExemptionRequest | undefined): string =>
  request === undefined
    ? (unit.exemptions[0]?.createdBy ?? 'Azure does not say')
    : `${request.requester.name}, approved by ${approverNames(request)}`;

const endOf = (unit: ExemptionUnit, timeZone: string): string => formatEnd(expiryOf(unit), timeZone);

/** What one alert says, in the words of a card that stays: absolute dates with their zone. */
export const alertFor = (unit: ExemptionUnit, step: AlertStep, context: AlertContext): Alert => {
  const [first] = unit.exemptions;
  const count = unit.exemptions.length;
  return {
    step,
    title: titleOf(step, context.request === undefined),
    severity: unit.recommendation.severity,
    facts: [
      { label: 'Recommendation', text: unit.recommendation.title },
      { label: 'Scope', text: scopesOf(unit, context.hierarchy) },
      { label: 'Category', text: first?.category ?? '' },
      { label: step === 'expired' ? 'Expired' : 'Expires', text: endOf(unit, context.timeZone) },
      { label: context.request === undefined ? 'Made by' : 'Asked for by', text: makerOf(unit, context.request) },
      ...(unit.reference === undefined ? [] : [{ label: 'Request', text: unit.reference }]),
      ...(count === 1 ? [] : [{ label: 'In Azure', text: `${count} exemptions, one per policy assignment and scope` }]),
    ],
    words: context.request?.terms.justification ?? first?.description ?? '',
    rows: [],
    reference: unit.reference,
    exemptionId: first?.id,
  };
};

/** The one card about everything that was there before the bot came. */
export const baselineAlert = (
  units: readonly ExemptionUnit[],
  soon: readonly ExemptionUnit[],
  context: AlertContext,
): Alert => ({
  step: 'baseline',
  title: 'Exemption Desk now watches this scope',
  severity: undefined,
  facts: [
    { label: 'Exemptions found', text: String(units.length) },
    { label: 'Expire within 30 days', text: String(soon.length) },
    { label: 'Never expire', text: String(units.filter((unit) => expiryOf(unit) === undefined).length) },
  ],
  words: '',
  rows: soon.map(
    (unit) => `${endOf(unit, context.timeZone)}: ${unit.recommendation.title} (${scopesOf(unit, context.hierarchy)})`,
  ),
  reference: undefined,
  exemptionId: undefined,
});
