import { andMore, counted } from '../../src/core/first-few.ts';
import { findTooFewApprovers, type TooFewApprovers } from '../../src/workflow/rights/find-too-few-approvers.ts';
import { look, unknown, well, type Finding } from './finding.ts';

const about = 'Approvers';
const most = 10;

const words = ({ title, scope, asked, people }: TooFewApprovers): string => {
  const rule = asked.rule === undefined ? 'the defaults ask' : `the rule “${asked.rule}” asks`;
  const can = people === 0 ? 'nobody can give one' : `${counted(people, 'person', 'people')} can give one`;
  return `${title} (${scope}): ${rule} for ${counted(asked.approvals, 'approval')}, ${can}`;
};

/** Reports where fewer people could approve than the rules ask for, by what the running bot has read in the background. */
export const checkApprovers = async (desk: Parameters<typeof findTooFewApprovers>[0]): Promise<readonly Finding[]> => {
  const survey = await findTooFewApprovers(desk);
  if (survey === undefined)
    return [unknown(about, 'not read yet, or too long ago', 'The running bot reads them within some minutes.')];
  const { scopes, tooFew, unknown: untold } = survey;
  const hidden =
    untold === 0
      ? []
      : [
          unknown(
            about,
            `could not be counted at ${untold} of ${scopes} scopes`,
            'Some groups cannot be read: see Microsoft Graph above. Members of a group with hidden membership are never shown (docs/permissions.md).',
          ),
        ];
  if (tooFew.length === 0) {
    const enough = scopes - untold;
    return [...(enough === 0 ? [] : [well(about, `enough at ${enough} of ${scopes} scopes`)]), ...hidden];
  }
  const more = andMore(tooFew.length, most);
  const remedy =
    'Make more people Owner, Security Admin or Resource Policy Contributor there, or ask for fewer approvals in the governance file. Roles that people first have to activate are not counted.';
  return [
    ...tooFew.slice(0, most).map((each) => look(about, words(each), remedy)),
    ...(more === '' ? [] : [look(about, `${more} scopes with too few`, remedy)]),
    ...hidden,
  ];
};
