import { GovernanceError } from '../../../core/governance-error.ts';
import { nearest } from '../../../core/nearest.ts';
import { requestStatuses, type RequestStatus } from '../../../core/request/request-status.ts';
import { narrowingWords } from '../../../cards/request/narrow-requests.ts';
import { listRequestsButton } from '../../actions/request/list-requests.ts';
import { daysFrom } from '../../../core/typed/day-meant.ts';
import type { Command } from '../../command.ts';
import { narrowingSaid } from './narrowing-said.ts';

const kinds: Readonly<Record<string, 'mine' | 'to-decide' | 'all'>> = {
  mine: 'mine',
  'to decide': 'to-decide',
  all: 'all',
};

/** Every status by the words that people use for it, which are those of the cards. */
const spoken: Readonly<Record<string, RequestStatus>> = {
  waiting: 'pending',
  written: 'applied',
  'partly applied': 'partly-applied',
  'in effect': 'effective',
  ...Object.fromEntries(requestStatuses.map((status) => [status, status])),
};

/** "to decide", "mine expired", "rejected": which list, and which status in it. */
const queryOf = (
  text: string,
  otherwise: 'mine' | 'all',
): { readonly which: 'mine' | 'to-decide' | 'all'; readonly status: RequestStatus | 'any' } => {
  const words = text.toLowerCase().trim();
  const name = Object.keys(kinds).find((each) => words === each || words.startsWith(`${each} `));
  const rest = name === undefined ? words : words.slice(name.length).trim();
  const which = (name === undefined ? undefined : kinds[name]) ?? otherwise;
  if (rest === '') return { which, status: 'any' };
  const status = spoken[rest];
  if (status !== undefined) return { which, status };
  const near = nearest(rest, [...Object.keys(kinds), ...Object.keys(spoken)]);
  throw new GovernanceError(
    'invalid',
    `Send: requests mine, requests to decide, or requests all; and a status if you like, such as waiting or expired.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  );
};

export const requestsCommand: Command = {
  name: 'requests',
  usage: 'requests [mine|to decide|all] [status] [severity:high] [wide] [ends:30d..90d] [sort:end]',
  description: 'List your own requests, those that you can decide, or all that you can see',
  filters: ['severity', 'ends', 'sort'],
  menus: ['personal', 'channel'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, line) => {
    const { narrowing, rest } = narrowingSaid(line, daysFrom(desk.now(), desk.timeZone));
    const query = queryOf(rest, turn.inChannel ? 'all' : 'mine');
    if (query.which !== 'to-decide' && Object.keys(narrowing).length > 0)
      throw new GovernanceError(
        'invalid',
        `Filters and sorting are for the requests that you can decide. Send: requests to decide ${narrowingWords(narrowing)}`,
      );
    return listRequestsButton.run(desk, turn, { ...query, ...narrowing, page: 1 });
  },
};
