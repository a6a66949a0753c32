import { withoutStep } from '../../core/typed/next-step.ts';
import { withStep } from '../step-card.ts';
import { firstFew } from '../../core/first-few.ts';
import { clockOf, formatEnd, formatInstant, type ReaderTime } from '../../core/calendar.ts';
import {
  creatorOf,
  isOrdinary,
  type ListedExemption,
  type ShownExemption,
} from '../../core/inventory/listed-exemption.ts';
import { whoChanged } from '../../core/exemption/who-changed.ts';
import { approverNames, isInForce, type ExemptionRequest } from '../../core/request/request.ts';
import { action, openPage, type CardAction } from '../card-action.ts';
import { asMessages, type FormOpening } from '../form-openings.ts';
import { renderCard, type Card } from '../render-card.ts';
import { adopt, askCreator, letLapse, revokeOutside } from './exemption-buttons.ts';
import { linkedRuns } from '../linked-text.ts';
import { notesOf } from './notes-of.ts';
import { shortened } from '../../core/visible-text.ts';
import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { portalUrl } from '../portal-url.ts';
import { changeInForce, renew, revoke } from '../request/request-buttons.ts';
import template from '../templates/record.json' with { type: 'json' };
import { categoryWords, stateMarks } from '../wording.ts';

export type ExemptionCardInput = ShownExemption & {
  readonly timeZone: string;
  readonly readerTime?: ReaderTime | undefined;
};

const ageOf = (input: ExemptionCardInput): string[] =>
  input.asOf === undefined
    ? []
    : [
        `Azure does not answer now. This is what Exemption Desk read on ${formatInstant(input.asOf, clockOf(input))}; the description is not kept.`,
      ];

const whatElse = (row: ShownExemption): readonly string[] => {
  if (row.madeIn === 'defender')
    return [
      retirementOf(row.recommendations[0]?.key ?? '') ??
        'It was created in Defender for Cloud, not in Azure Policy. To change or delete it, use Environment settings > Exemptions in the Azure portal. Exemption Desk only shows it.',
    ];
  if (row.state === 'orphaned') return ['Its policy assignment was deleted, so it no longer exempts anything.'];
  if (isOrdinary(row))
    return [
      'It does not belong to any Defender recommendation, so nobody gets alerts about it. Manage it in the Azure portal.',
    ];
  return [
    ...(row.wholeInitiative ? ['It covers the whole initiative, not only the recommendations listed here.'] : []),
    ...(row.coveredBy === undefined
      ? []
      : ['It adds nothing: a wider exemption covers the same and lasts at least as long.']),
    ...(row.needless
      ? ['It is no longer needed: Azure Policy finds everything in its scope compliant without it.']
      : []),
  ];
};

const mayEnd = ({ exemption, madeIn, state }: ListedExemption): boolean =>
  madeIn === 'policy' && exemption.expiresAt !== undefined && (state === 'active' || state === 'expiring');

const lapse = (row: ListedExemption): CardAction[] =>
  mayEnd(row) && !isOrdinary(row) ? [letLapse(row.exemption.id, row.request?.reference, { secondary: true })] : [];

const revocationOf = ({ exemption, outside }: ShownExemption): FormOpening[] =>
  outside === undefined || outside.whyNot !== undefined ? [] : [revokeOutside(exemption.id)];

/** One that has expired, covers a whole initiative, or is managed by a tool that would undo the change cannot be adopted. */
const isAdoptable = (row: ShownExemption): boolean =>
  row.state !== 'orphaned' &&
  row.state !== 'expired' &&
  !row.wholeInitiative &&
  !isOrdinary(row) &&
  (row.outside?.tool ?? row.exemption.managedBy) === undefined;

const forOutside = (row: ShownExemption): CardAction[] => [
  ...(isAdoptable(row) ? [adopt(row.exemption.id)] : []),
  ...revocationOf(row).map(({ dialog }) => dialog),
  ...askCreator(row.exemption),
];

const inPortal = openPage('Open exemptions in Azure portal', portalUrl('exemptions'), { secondary: true });

/** Its forms as messages share an entry of the menu with the portal, because a card has room for six buttons. */
const elsewhere = (openings: readonly FormOpening[]): CardAction[] =>
  asMessages(openings, 'Open elsewhere…', [inPortal]);

const forRequest = (row: ListedExemption, request: ExemptionRequest): CardAction[] => {
  const renewal = isInForce(request) || request.status === 'expired' ? [renew(request.reference)] : [];
  const change = isInForce(request) ? [changeInForce(request.reference)] : [];
  return [
    ...renewal.map(({ dialog }) => dialog),
    ...(isInForce(request) ? [revoke(request.reference)] : []),
    ...change.map(({ dialog }) => dialog),
    action('Show request', { verb: 'show-request', reference: request.reference }),
    ...lapse(row),
    ...elsewhere([...renewal, ...change]),
  ];
};

/** The buttons of one that no request of ours has. */
const withoutRequest = (row: ShownExemption): CardAction[] => {
  const [first] = row.recommendations;
  const isCurrent = first !== undefined && retirementOf(first.key) === undefined;
  return [
    ...(row.madeIn === 'defender' ? [] : forOutside(row)),
    ...lapse(row),
    ...(isCurrent
      ? [
          action(
            'Show recommendation',
            { verb: 'show-recommendation', assessmentKey: first.key, page: 1 },
            { secondary: revocationOf(row).length > 0 },
          ),
        ]
      : []),
    ...(row.madeIn === 'defender'
      ? [openPage('Open environment settings in Azure portal', portalUrl('defender-settings'))]
      : elsewhere(revocationOf(row))),
  ];
};

/** One exemption as it is in Azure, and where it comes from. */
export const exemptionCard = (input: ExemptionCardInput): Card => {
  const { exemption, recommendations, request, timeZone } = input;
  const isOurs = request !== undefined && request.governance.adopted !== true;
  const changed = whoChanged(exemption, isOurs, clockOf(input));
  const title = exemption.displayName || exemption.name;
  const { createdAt } = exemption;
  return renderCard(template, {
    state: '',
    summary: `Exemption: ${title}`,
    kind: 'Exemption',
    title: shortened(title, 160),
    style: 'emphasis',
    mark: stateMarks[input.state],
    detail: shortened(input.scopeLabel, 120),
    detailWeight: 'default',
    facts: [
      {
        label: 'Covers',
        text:
          firstFew(
            recommendations.map((each) => shortened(each.title, 140)),
            5,
          ) || 'No Defender recommendation',
      },
      input.madeIn === 'defender'
        ? { label: 'Created in', text: 'Defender for Cloud' }
        : {
            label: input.assignmentNames.length > 1 ? 'Policy assignments' : 'Policy assignment',
            text: firstFew(input.assignmentNames, 5) || 'Deleted',
          },
      { label: 'Category', text: categoryWords[exemption.category] },
      { label: 'Expires', text: formatEnd(exemption.expiresAt, timeZone) },
      ...(input.coveredBy === undefined ? [] : [{ label: 'Covered by', text: shortened(input.coveredBy, 160) }]),
      { label: 'Created', text: createdAt === undefined ? 'Unknown' : formatInstant(createdAt, clockOf(input)) },
      { label: 'Created by', text: creatorOf(input) ?? 'Unknown' },
      ...(changed === undefined ? [] : [{ label: 'Last changed', text: shortened(changed, 200) }]),
      { label: 'Request', text: request?.reference ?? 'Created outside Exemption Desk' },
      ...(request?.decision === undefined ? [] : [{ label: 'Approved by', text: approverNames(request) }]),
    ],
    words: linkedRuns(shortened(exemption.description, 1000), { italic: true }),
    evidence: [],
    notes: notesOf([...ageOf(input), ...whatElse(input), withoutStep(input.outside?.whyNot ?? '')]),
    rows: [],
    more: '',
    command: 'exemptions',
    actions: withStep(
      input.outside?.whyNot ?? '',
      request === undefined ? withoutRequest(input) : forRequest(input, request),
    ),
  });
};
