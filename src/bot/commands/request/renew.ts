import { GovernanceError } from '../../../core/governance-error.ts';
import { daysFrom } from '../../../core/typed/day-meant.ts';
import { refuseSecondReference } from '../../../core/request/decision-words.ts';
import { renewalWords } from '../../../core/request/renewal-words.ts';
import { referenceAtStart } from '../../../core/request/typed-reference.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { exemptionIdOf } from '../../../workflow/inventory/find-exemptions.ts';
import { readExemption } from '../../../workflow/inventory/read-exemption.ts';
import { startReplacement } from '../../../workflow/ask/replace-request.ts';
import { openedForm } from '../../actions/request/request-form.ts';
import type { Command } from '../../command.ts';
import type { Turn } from '../../turn.ts';

/** The reference of the request that the words name, by that reference or by the name of one of its exemptions. */
const referenceOf = async (desk: Desk, { person }: Turn, words: string): Promise<string> => {
  const found = referenceAtStart(words);
  if (found !== undefined) {
    refuseSecondReference(found.reference, found.rest);
    if (found.rest === '') return found.reference;
  }
  const asker = { person, channelId: undefined };
  const [{ request }] = await readExemption(desk, asker, await exemptionIdOf(desk, asker, words));
  if (request === undefined)
    throw new GovernanceError(
      'conflict',
      `“${words}” was created outside Exemption Desk, so it must be adopted first. To see it, send: exemption ${words}`,
    );
  return request.reference;
};

export const renewCommand: Command = {
  name: 'renew',
  usage: 'renew <EX-12AB or name of an exemption> [until 31 Dec|for 2 weeks]',
  description: 'Request more time for an exemption. The form opens filled in as before',
  menus: [],
  changes: true,
  guests: 'asks',
  run: async (desk, turn, { rest }) => {
    if (rest === '') throw new GovernanceError('invalid', 'Name the request or exemption, like this: renew EX-12AB');
    const { what, lastDay } = renewalWords(rest, daysFrom(desk.now(), desk.timeZone));
    const reference = await referenceOf(desk, turn, what);
    return openedForm(desk, turn, await startReplacement(desk, turn.person, reference, 'renew', lastDay), { lastDay });
  },
};
