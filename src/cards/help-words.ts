import type { PartPlayed } from '../core/access/part-played.ts';

/** Whom the help speaks to: somebody by what their Azure roles allow, a guest, or everybody in a channel or group chat. */
export type Helped = PartPlayed | 'guest' | 'everybody here';

type Said = { readonly title: string; readonly command: string };

/** Three lines and four buttons, of which the last stands under “…”. */
type HelpWords = { readonly lines: (reads: string) => readonly string[]; readonly buttons: readonly Said[] };

const all: Said = { title: 'All commands', command: 'help all' };
const recommendations: Said = { title: 'Recommendations', command: 'recommendations' };
const mine: Said = { title: 'My requests', command: 'requests mine' };
const exemptions: Said = { title: 'Exemptions', command: 'exemptions' };
const status: Said = { title: 'Status', command: 'status' };

const asking = (reads: string): string => `You can request exemptions from Defender recommendations in ${reads}.`;

/** What the help says to whom. */
export const helpWords: Readonly<Record<Helped, HelpWords>> = {
  'team member': {
    lines: (reads) => [
      asking(reads),
      'Here you hear what became of your requests, and when an exemption is about to expire.',
      'In one line: exempt stshopprod from secure transfer for 30 days because the uploader goes in spring',
    ],
    buttons: [recommendations, mine, { title: 'Ending soon', command: 'exemptions expiring 30d' }, all],
  },
  approver: {
    lines: (reads) => [
      asking(reads),
      'Your Azure roles let you decide requests of others. Whatever waits for you comes here or to a channel.',
      'In one line: approve EX-12AB until 31 Dec, or: reject EX-12AB because it can be mended',
    ],
    buttons: [{ title: 'To decide', command: 'requests to decide' }, recommendations, exemptions, all],
  },
  auditor: {
    lines: (reads) => [
      `You can read every exemption and request in ${reads}, and request exemptions there.`,
      'The report has the numbers, and a CSV file with everything behind them.',
      'In one line: exemptions never expires, or: report from 1 Nov to 30 Nov',
    ],
    buttons: [exemptions, { title: 'Report', command: 'report' }, recommendations, all],
  },
  guest: {
    lines: (reads) => [
      `You are a guest of this organisation. You can read recommendations and exemptions in ${reads}.`,
      'Guests decide nothing, and request exemptions only if the operator lets them.',
      'In one line: exemptions expiring 30d',
    ],
    buttons: [recommendations, exemptions, mine, all],
  },
  nobody: {
    lines: () => [
      'None of your Azure roles lets you read Defender recommendations yet, so there is nothing to show.',
      'Ask whoever manages access in Azure for a role such as Security Reader or Reader, or activate one that is only eligible in Privileged Identity Management.',
      'A new role counts here after 5 minutes.',
    ],
    buttons: [{ title: 'Check my roles', command: 'recommendations' }, mine, status, all],
  },
  unknown: {
    lines: () => [
      'Request exemptions from Defender recommendations, decide them, and hear before they expire.',
      'Azure did not say what your roles allow, so it is not known what you can do. Please try again in a minute.',
      'In one line: exempt stshopprod from secure transfer for 30 days',
    ],
    buttons: [recommendations, mine, status, all],
  },
  'everybody here': {
    lines: () => [
      'Alerts about exemptions and requests to approve can come here. What only you may see comes to your personal chat.',
      'Mention Exemption Desk first, for example: @Exemption Desk subscribe contoso',
      'Whoever could write exemptions there can send its requests here: @Exemption Desk approvals here for contoso',
    ],
    buttons: [recommendations, exemptions, { title: 'Requests', command: 'requests all' }, all],
  },
};
