import { formatDay } from '../../core/calendar.ts';
import { isWideRequest } from '../../core/request/request-governance.ts';
import { fitsInRow } from '../../core/plan/decided-together.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { shortened } from '../../core/visible-text.ts';
import { action, askFirst, choicesInput, type CardAction, type Choice, type Input } from '../card-action.ts';
import { counted } from '../../core/first-few.ts';
import { withoutMarkup } from '../plain-text.ts';
import { smallFormInput } from '../small-forms.ts';

type Waiting = Pick<ExemptionRequest, 'reference' | 'termsVersion' | 'terms' | 'governance'>;

/** The value of a tick names a request and the version of its terms that the list shows. */
export const pickOf = ({ reference, termsVersion }: Pick<Waiting, 'reference' | 'termsVersion'>): string =>
  `${reference}-${termsVersion}`;

const choiceOf = (request: Waiting, labels: ReadonlyMap<string, string>, timeZone: string): Choice => {
  const { reference, terms } = request;
  const end = terms.expiresAt === undefined ? 'never ends' : `until ${formatDay(terms.expiresAt, timeZone)}`;
  const parts = [shortened(terms.recommendation.title, 60), labels.get(reference) ?? ''];
  const wide = isWideRequest(request) ? 'Wide' : '';
  return {
    title: withoutMarkup([reference, ...parts, wide, end].filter(Boolean).join(' · ')),
    value: pickOf(request),
  };
};

/** The fields and buttons to decide several requests, filled in. */
export const severalForm = (
  choices: readonly Choice[],
  ticked: readonly string[] = [],
  said = '',
  again: { readonly again?: true } = {},
): { readonly inputs: readonly Input[]; readonly submits: readonly CardAction[] } => ({
  inputs: [
    {
      ...choicesInput('picked', 'Requests', choices, ticked),
      isRequired: true,
      errorMessage: 'Tick at least one request.',
    },
    smallFormInput('decide-several', said),
  ],
  submits: [
    action('Approve these', { verb: 'decide-several', decision: 'approve', ...again }, { main: true }),
    action('Reject these', { verb: 'decide-several', decision: 'reject', ...again }),
  ],
});

const leftOut = (count: number): string =>
  count === 0
    ? ''
    : ` ${counted(count, 'request')} of this page ${count === 1 ? 'has' : 'have'} no tick, because a row cannot name all that would be exempt: open the row to decide.`;

/** Opens the form to decide several of the requests of a page; without a button if there are not two whose scopes fit in a row. */
export const decideSeveral = (
  requests: readonly Waiting[],
  labels: ReadonlyMap<string, string>,
  timeZone: string,
): readonly CardAction[] => {
  const shown = requests.filter(({ reference }) => fitsInRow(labels.get(reference) ?? ''));
  if (shown.length < 2) return [];
  const { inputs, submits } = severalForm(shown.map((each) => choiceOf(each, labels, timeZone)));
  return [
    askFirst('Decide several…', inputs, submits, {
      explanation: `Each is checked for itself, as if you decided it alone. The comment stands on each of them.${leftOut(requests.length - shown.length)}`,
    }),
  ];
};

/** Decides what a typed line named, once it was shown. */
export const decideThese = (decision: 'approve' | 'reject', requests: readonly Waiting[], said: string): CardAction =>
  action(
    `${decision === 'approve' ? 'Approve' : 'Reject'} ${counted(requests.length, 'request')}`,
    { verb: 'decide-several', decision, picked: requests.map(pickOf).join(','), said },
    { main: true },
  );
