import { expiryOf, type Alert, type ExemptionUnit, type LadderStep } from '../core/alert.ts';
import { formatEnd } from '../core/calendar.ts';
import { scopeLabel, type Hierarchy } from '../core/hierarchy.ts';
import { approverNames, type ExemptionRequest } from '../core/request.ts';

export type AlertContext = {
  readonly hierarchy: Hierarchy;
  readonly timeZone: string;
  readonly request: ExemptionRequest | undefined;
};

/** What an alert says besides what stands in every alert about an exemption. */
export type AlertWords = Pick<Alert, 'step' | 'title'> & Partial<Pick<Alert, 'facts' | 'words' | 'rows'>>;

const ladderWords: Readonly<Record<LadderStep, string>> = {
  '30': 'Exemption about to expire: 30 days left',
  '14': 'Exemption about to expire: 14 days left',
  '7': 'Exemption about to expire: 7 days left',
  '1': 'Exemption about to expire: 1 day left',
  '0': 'Exemption about to expire: this is the last day',
  expired: 'Exemption expired: the recommendation is open again',
};

const placesShown = 5;

/** The first few places by name; a request may name a hundred. */
export const placesOf = (scopes: readonly string[], hierarchy: Hierarchy): string => {
  const labels = [...new Set(scopes.map((scope) => scopeLabel(scope, hierarchy)))];
  const more = labels.length - placesShown;
  return [...labels.slice(0, placesShown), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
};

/** "Alice Anders, approved by Bob Berger", or who Azure says made it. */
const makerOf = (unit: ExemptionUnit, request: ExemptionRequest | undefined): string =>
  request === undefined
    ? (unit.exemptions[0]?.createdBy ?? 'Azure does not say')
    : `${request.requester.name}, approved by ${approverNames(request)}`;

const endOf = (unit: Pick<ExemptionUnit, 'exemptions'>, timeZone: string): string =>
  formatEnd(expiryOf(unit), timeZone);

/** What one alert says about an exemption, in the words of a card that stays: absolute dates with their zone. */
export const alertAbout = (unit: ExemptionUnit, { facts = [], ...said }: AlertWords, context: AlertContext): Alert => {
  const [first] = unit.exemptions;
  const count = unit.exemptions.length;
  const { request, hierarchy, timeZone } = context;
  const scopes = unit.exemptions.map(({ scope }) => scope);
  return {
    words: request?.terms.justification ?? first?.description ?? '',
    rows: [],
    ...said,
    severity: unit.recommendation.severity,
    facts: [
      { label: 'Recommendation', text: unit.recommendation.title },
      { label: 'Scope', text: placesOf(scopes, hierarchy) },
      { label: 'Category', text: first?.category ?? '' },
      { label: said.step === 'expired' ? 'Expired' : 'Expires', text: endOf(unit, timeZone) },
      { label: request === undefined ? 'Made by' : 'Asked for by', text: makerOf(unit, request) },
      ...facts,
      ...(unit.reference === undefined ? [] : [{ label: 'Request', text: unit.reference }]),
      ...(count === 1 ? [] : [{ label: 'In Azure', text: `${count} exemptions, one per policy assignment and scope` }]),
    ],
    reference: unit.reference,
    exemptionId: first?.id,
  };
};

export const createdWords = ({ request }: AlertContext): AlertWords => ({
  step: 'created',
  title: request === undefined ? 'Exemption made outside Exemption Desk' : 'Exemption created',
});

export const endWords = (step: LadderStep): AlertWords => ({ step, title: ladderWords[step] });
