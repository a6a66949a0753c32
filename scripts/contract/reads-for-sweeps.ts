import type { ChangeTimes } from '../../src/core/inventory/change-times.ts';
import { allExemptions, firstOf, type Read } from './subject.ts';

const inWords = (times: ChangeTimes | undefined): string =>
  times === undefined ? 'refused: every exemption is read each time' : `${times.dated} of ${times.count} say so`;

/** What is read for sweeps alone, besides every exemption. */
export const readsForSweeps: readonly Read[] = [
  {
    title: 'when policy exemptions were last changed',
    run: async ({ azure }) => inWords(await azure.everyExemption.changeTimes()),
  },
  {
    title: 'when exemptions made in Defender for Cloud were last changed',
    run: async ({ azure }) => inWords(await azure.everyExemption.changeTimesOfDefender()),
  },
  {
    title: 'policy exemptions by their ids',
    run: async (subject) => {
      const { id } = firstOf(await allExemptions(subject), 'exemption');
      return `${(await subject.azure.everyExemption.named([id])).length} of 1`;
    },
  },
];
