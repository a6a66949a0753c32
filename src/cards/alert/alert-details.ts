import type { Alert } from '../../core/alert/alert.ts';
import type { ActionData } from '../actions.ts';

/** What a click on an alert opens: the request behind it, or the exemption; undefined where there is no single one. */
export const alertDetails = ({ reference, exemptionId }: Alert): ActionData | undefined => {
  if (reference !== undefined) return { verb: 'show-request', reference };
  return exemptionId === undefined ? undefined : { verb: 'show-exemption', id: exemptionId };
};
