import { counted } from '../../src/core/first-few.ts';
import { openStatuses } from '../../src/core/request/request-status.ts';
import type { RequestStore } from '../../src/core/request/kept-requests.ts';
import { retiredKeys, retirementWords } from '../../src/core/tenant/retired-recommendation.ts';
import { look, type Finding } from './finding.ts';

/** Reports the requests, waiting or in force, of recommendations that Microsoft retired: no exemption has an effect for those. */
export const checkRetired = async ({
  requests,
}: {
  readonly requests: Pick<RequestStore, 'countAbout'>;
}): Promise<readonly Finding[]> => {
  const found = await requests.countAbout(retiredKeys, openStatuses);
  return found.map(({ key, requests: number, reference }) =>
    look(
      'Requests',
      number === 1
        ? `${reference} names a recommendation that is gone`
        : `${counted(number, 'request')} name a recommendation that is gone, among them ${reference}`,
      retirementWords(key) ?? '',
    ),
  );
};
