import { GovernanceError } from '../../core/governance-error.ts';
import { listRequestsAction, showRequestAction } from '../actions/requests.ts';
import type { Command } from '../command.ts';
import { referenceAndRest } from './decide.ts';

const kinds: Readonly<Record<string, 'mine' | 'to-decide' | 'all'>> = {
  '': 'mine',
  mine: 'mine',
  'to decide': 'to-decide',
  all: 'all',
};

export const requestsCommand: Command = {
  name: 'requests',
  usage: 'requests [mine|to decide|all]',
  description: 'Your requests, those that wait for you, or all that you may see',
  menus: ['personal', 'channel'],
  run: async (desk, turn, { rest }) => {
    const which = rest === '' && turn.inChannel ? 'all' : kinds[rest.toLowerCase()];
    if (which === undefined)
      throw new GovernanceError('invalid', 'Say: requests mine, requests to decide, or requests all');
    return listRequestsAction(desk, turn, { verb: 'list-requests', which, page: 1 });
  },
};

export const requestCommand: Command = {
  name: 'request',
  usage: 'request EX-12AB',
  description: 'One request with its history',
  menus: ['personal'],
  run: async (desk, turn, { rest }) =>
    showRequestAction(desk, turn, {
      verb: 'show-request',
      reference: referenceAndRest('request EX-12AB', rest).reference,
    }),
};
