import { z } from 'zod';
import { faultKinds } from './azure/arm/faults.ts';
import type { Faults } from './azure/arm/faults.ts';

/** Kinds such as 429 may be given as numbers. */
const kind = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.enum(faultKinds));

const fault = z.strictObject({
  kind,
  share: z.number().min(0).max(1).exactOptional(),
  next: z.int().min(1).exactOptional(),
  match: z.string().min(1).exactOptional(),
  method: z.string().min(1).exactOptional(),
  milliseconds: z.int().min(0).exactOptional(),
  afterwards: z.boolean().exactOptional(),
});

/** Makes calls to Azure fail on demand, and lets them succeed again. */
export const createFaultControls = (faults: Faults) => {
  const present = async () => ({ faults: faults.all() });
  const clear = async () => {
    faults.clear();
    return present();
  };
  return {
    'GET /simulator/faults': present,
    'POST /simulator/faults': async (body: unknown) => {
      const wanted = fault.safeParse(body);
      if (!wanted.success) throw new TypeError(z.prettifyError(wanted.error));
      faults.add(wanted.data);
      return present();
    },
    'DELETE /simulator/faults': clear,
    'POST /simulator/faults/clear': clear,
  };
};
