import { andMore } from '../../core/first-few.ts';
import type { Alert } from '../../core/alert/alert.ts';
import { action, openPage, type CardAction } from '../card-action.ts';
import { openForm, type FormOpening } from '../form-openings.ts';
import { renderCard, type Card } from '../render-card.ts';
import { asItStands } from './as-it-stands.ts';
import { adopt, letLapse, revokeOutside } from '../exemption/exemption-buttons.ts';
import { shortened } from '../../core/visible-text.ts';
import { portalUrl } from '../portal-url.ts';
import { approve, formsAsMessages, renew, revoke } from '../request/request-buttons.ts';
import { whyInBrief } from '../request/why-words.ts';
import template from '../templates/record.json' with { type: 'json' };
import { headerStyle, severityMarks, type Colour, type Mark } from '../wording.ts';
import type { ActionData } from '../actions.ts';

/** What Details opens: the request, or the exemption if it has none and is still in Azure. Undefined for an alert about several. */
export const alertDetails = ({ reference, exemptionId, step }: Alert): ActionData | undefined => {
  if (reference !== undefined) return { verb: 'show-request', reference };
  const isDeleted = gone.includes(step) && step !== 'expired';
  return exemptionId === undefined || isDeleted ? undefined : { verb: 'show-exemption', id: exemptionId };
};

const rowsShown = 15;

const colours: Readonly<Record<Alert['step'], Colour>> = {
  baseline: 'default',
  news: 'default',
  created: 'default',
  changed: 'warning',
  deleted: 'warning',
  revoked: 'warning',
  orphaned: 'warning',
  gap: 'warning',
  'no-longer-needed': 'default',
  'scope-gone': 'default',
  '30': 'warning',
  '14': 'warning',
  '7': 'warning',
  '1': 'attention',
  '0': 'attention',
  expired: 'attention',
  'not-effective': 'warning',
  'taken-out': 'attention',
  cleaned: 'default',
  renewed: 'good',
  adopted: 'good',
  approved: 'good',
  'in-force-again': 'default',
  'in-effect': 'good',
  'gap-closed': 'good',
  'needed-again': 'default',
};

const detailsOf = (alert: Alert): CardAction[] => {
  if (alert.step === 'baseline')
    return [
      action('Show expiring exemptions', {
        verb: 'list-exemptions',
        text: '',
        filter: 'expiring',
        withinDays: 30,
        subscription: '',
        page: 1,
      }),
    ];
  const details = alertDetails(alert);
  return details === undefined ? [] : [action('Details', details)];
};

const severityOf = ({ severity }: Alert): Mark =>
  severity === undefined
    ? { word: '', colour: 'default' }
    : { ...severityMarks[severity], word: `${severityMarks[severity].word} severity` };

/** About exemptions that hold, and whose end is not near. */
const lasting: readonly Alert['step'][] = [
  'baseline',
  'news',
  'created',
  'not-effective',
  'renewed',
  'adopted',
  'approved',
  'in-force-again',
  'in-effect',
  'gap-closed',
  'needed-again',
];
const gone: readonly Alert['step'][] = ['expired', 'deleted', 'revoked', 'taken-out', 'cleaned', 'scope-gone'];
/** Those that somebody took out, or that exempted nothing. */
const notToRenew: readonly Alert['step'][] = ['revoked', 'taken-out', 'cleaned', 'scope-gone'];

/** An emergency is kept by an approval, not by a renewal. */
const isAboutTheEnd = ({ step, approve: version }: Alert): boolean => !lasting.includes(step) && version === undefined;

/** Not where it cannot say what it approves: Details leads to the card of the request. */
const approvalOf = ({ reference, approve: version, approves }: Alert): CardAction[] =>
  reference === undefined || version === undefined || approves === undefined
    ? []
    : [approve(reference, version, approves)];

/** The forms that an alert opens, filled in: to renew what ends, or to ask for what the request does not cover. */
const openingsOf = (alert: Alert): FormOpening[] => {
  const { reference, step } = alert;
  if (reference === undefined || notToRenew.includes(step) || !isAboutTheEnd(alert)) return [];
  const extend = openForm('Extend', { verb: 'extend-request', reference }, { main: true });
  return [...(step === 'gap' ? [extend] : []), renew(reference)];
};

const isGone = ({ step }: Alert): boolean => gone.includes(step);

/** Only expiry warnings have reminders to stop. */
const lapseOf = (alert: Alert): CardAction[] =>
  alert.exemptionId === undefined || isGone(alert) || !isAboutTheEnd(alert)
    ? []
    : [letLapse(alert.exemptionId, alert.reference)];

/** Made outside, and by no tool that would undo what is done with it here. */
const isForTaking = ({ step, reference, managedBy }: Alert): boolean =>
  step === 'created' && reference === undefined && managedBy === undefined;

const adoptionOf = (alert: Alert): CardAction[] =>
  alert.exemptionId !== undefined && isForTaking(alert) ? [adopt(alert.exemptionId)] : [];

const revocationOf = (alert: Alert): FormOpening[] =>
  alert.exemptionId !== undefined && isForTaking(alert) ? [revokeOutside(alert.exemptionId)] : [];

/** An exemption that no longer exists cannot be revoked. */
const revokeOf = (alert: Alert): CardAction[] =>
  alert.reference === undefined || isGone(alert) || alert.step === 'baseline'
    ? []
    : [revoke(alert.reference, { secondary: isAboutTheEnd(alert) || alert.approve !== undefined })];

/** The recommendation is shown in the second line of the card, not among the facts. */
const isSubject = (fact: Alert['facts'][number]): boolean => fact.label === 'Recommendation';

/** An alert: what happened to an exemption, with the buttons that can be used now. */
export const alertCard = (raised: Alert): Card => {
  const { alert, line, isContinued, isLapsing } = asItStands(raised);
  const about = alert.facts.find(isSubject)?.text;
  const others = alert.facts.filter((fact) => !isSubject(fact));
  const openings = isContinued ? [] : openingsOf(alert);
  const revocation = isContinued ? [] : revocationOf(alert);
  return renderCard(template, {
    summary: about === undefined ? alert.title : `${alert.title}: ${about}`,
    kind: 'Exemption alert',
    title: alert.title,
    // Once something became of it, that is what matters.
    style: headerStyle(line === '' ? colours[raised.step] : 'default'),
    state: line,
    mark: severityOf(alert),
    detail: shortened(about ?? '', 200),
    detailWeight: 'bolder',
    facts: others.map((fact) => ({ label: fact.label, text: shortened(fact.text, 300) })),
    ...whyInBrief({ justification: alert.words, reason: alert.reason }),
    notes: [],
    rows: alert.rows.slice(0, rowsShown).map((text) => ({ text: shortened(text, 240) })),
    more: andMore(alert.rows.length, rowsShown),
    command: 'exemptions',
    actions: [
      ...(isContinued ? [] : approvalOf(alert)),
      ...openings.map(({ dialog }) => dialog),
      ...(isContinued || isLapsing ? [] : lapseOf(alert)),
      ...(isContinued ? [] : adoptionOf(alert)),
      ...detailsOf(alert),
      ...revocation.map(({ dialog }) => dialog),
      ...(isContinued ? [] : revokeOf(alert)),
      openPage('Open exemptions in Azure portal', portalUrl('exemptions'), {
        secondary: alert.reference !== undefined || revocation.length > 0,
      }),
      ...formsAsMessages([...openings, ...revocation]),
    ],
  });
};
