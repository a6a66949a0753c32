import { counted } from '../first-few.ts';
import type { ApproverCount } from './approver-count.ts';
import { exemptingRoles } from './others-can.ts';

/** Whether so many approvals can be given: `short` only where it is certain that they cannot. */
export type Sufficiency = 'enough' | 'short' | 'unknown';

export const sufficiencyOf = ({ least, most }: Pick<ApproverCount, 'least' | 'most'>, needed: number): Sufficiency =>
  least >= needed ? 'enough' : most < needed ? 'short' : 'unknown';

const needs = (needed: number): string => `${counted(needed, 'approval')} ${needed === 1 ? 'is' : 'are'} needed`;

/** "1 person can give one: Bob Berger", as far as the names are known. */
const whoCan = ({ most, names }: ApproverCount): string =>
  `only ${counted(most, 'person', 'people')} can give one${names.length === most ? `: ${names.join(', ')}` : ''}`;

const remedy = (isNarrowed: boolean): string =>
  isNarrowed
    ? 'Ask whoever looks after the governance file to name more approvers, or whoever manages the roles there to give these people one.'
    : `Ask whoever manages the roles there to make somebody ${exemptingRoles}.`;

/**
 * What the asker is warned of before a request is sent; undefined if enough people could approve, or if that could not be counted and is likely.
 * `isNarrowed`: the governance file names approvers.
 */
export const approverWarning = (
  count: ApproverCount,
  { needed, unread, isNarrowed }: { readonly needed: number; readonly unread: number; readonly isNarrowed: boolean },
): { readonly kind: 'warning' | 'not-checked'; readonly sentence: string } | undefined => {
  switch (sufficiencyOf(count, needed)) {
    case 'enough':
      return undefined;
    case 'short': {
      const who = count.most === 0 ? 'nobody can give one' : whoCan(count);
      return {
        kind: 'warning',
        sentence: `${needs(needed)}; besides you, ${who}. ${remedy(isNarrowed)} Roles that people first have to activate are not counted.`,
      };
    }
    case 'unknown': {
      // One approver is there nearly always, and where nobody can be counted, every preview would say so.
      if (needed < 2) return undefined;
      const because =
        unread === 0
          ? ''
          : `, because ${counted(unread, 'group')} with such a role could not be read from Microsoft Graph`;
      return {
        kind: 'not-checked',
        sentence: `${needs(needed)}. Whether enough people can give them could not be counted${because}.`,
      };
    }
  }
};
