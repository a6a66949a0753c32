import type { Verb } from '../../../src/cards/actions.ts';

export const formVerbs = [
  'preview-request',
  'turn-form-page',
  'edit-request',
  'send-request',
  'send-in-emergency',
  'discard-request',
] as const;

/** What somebody without any role hears who presses a button. */
export const withoutRole: readonly [Verb, RegExp][] = [
  ['list-recommendations', /No open recommendation|nothing/i],
  ['show-recommendation', /not concern any resource that you/],
  ['open-form', /does not concern any resource that you can see/],
  ['extend-request', /There is no request .* that you may see/],
  ...formVerbs.map((verb): [Verb, RegExp] => [verb, /That form is no longer open/]),
  ['approve-request', /There is no request .* that you may see/],
  ['reject-request', /There is no request .* that you may see/],
  ['approve-less', /There is no request .* that you may see/],
  ['change-request', /There is no request .* that you may see/],
  ['refresh-request', /There is no request/],
  ['withdraw-request', /There is no request .* that you may see/],
  ['retry-request', /There is no request .* that you may see/],
  ['replace-request', /There is no request .* that you may see/],
  ['let-lapse', /There is no exemption/],
  ['clean-up', /You have no such dry run/],
  ['adopt-exemption', /There is no exemption/],
  ['revoke-request', /There is no request .* that you may see/],
  ['show-request', /There is no request .* that you may see/],
  ['list-requests', /No request|nothing/i],
  ['list-exemptions', /No exemption|nothing/i],
  ['show-exemption', /There is no exemption/],
  ['show-score', /nothing|No /i],
  ['offer-report-file', /nothing in that report/],
  ['show-status', /A channel: 1 alert not delivered/],
  ['send-again', /You may not send this again/],
  ['say', /There is no request .* that you may see/],
];
