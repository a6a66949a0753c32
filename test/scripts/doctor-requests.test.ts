import { checkRetired } from '../../scripts/doctor/check-retired.ts';
import { engines } from '../store/engines.ts';
import { pendingRequest } from '../store/samples.ts';

const guestsWithRead = 'fde1c0c9-0fd2-4ecc-87b5-98956cbc1095';

const about = (reference: string, status: 'pending' | 'effective' | 'expired', key: string) => {
  const { terms, ...rest } = pendingRequest(reference, { status });
  return { ...rest, terms: { ...terms, recommendation: { ...terms.recommendation, key } } };
};

describe.each(engines)('the doctor on $engine', ({ open, whyNot }) => {
  (whyNot === undefined ? it : it.skip)(
    'names the requests, waiting or in force, of a recommendation that Microsoft retired',
    async () => {
      const opened = await open();
      try {
        const { requests } = opened.store;
        await requests.add(about('EX-LIVES', 'effective', '6240402e-f77c-46fa-9060-a7ce53997754'));
        await requests.add(about('EX-OVER', 'expired', guestsWithRead));
        expect(await checkRetired({ requests })).toEqual([]);

        await requests.add(about('EX-WAITS', 'pending', guestsWithRead.toUpperCase()));
        await requests.add(about('EX-STANDS', 'effective', guestsWithRead));
        const [found, ...others] = await checkRetired({ requests });
        expect(others).toEqual([]);
        expect(found).toMatchObject({ verdict: 'look', about: 'Requests' });
        expect(found?.seen).toBe('2 requests name a recommendation that is gone, among them EX-STANDS');
        expect(found?.remedy).toContain(`(key ${guestsWithRead})`);
        expect(found?.remedy).toContain('422107c6-5b9a-46a6-bb1d-26ef1cc52d65');
      } finally {
        await opened.close();
      }
    },
  );
});
