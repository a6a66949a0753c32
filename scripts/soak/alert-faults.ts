import type { TestMessage } from '../../simulator/teams/message.ts';
import type { DeliveryRow } from './alert-ledger.ts';
import { soakWords } from './make-exemptions.ts';

export type AlertFindings = {
  readonly repeats: number;
  readonly unknowns: number;
  readonly faults: readonly string[];
};

/** Compares the alerts in the channels with those expected, and repeated ones with those that the product itself counts as unknown. */
export const alertFindings = (
  exemptions: readonly { readonly id: string }[],
  channels: ReadonlyMap<string, string>,
  rows: readonly DeliveryRow[],
  messages: (channel: string) => readonly TestMessage[],
): AlertFindings => {
  const [faults, all] = [[] as string[], { repeats: 0, unknowns: 0 }];
  const byPlace = Map.groupBy(rows, ({ channelId, exemptionId }) => `${channelId} ${exemptionId ?? ''}`);
  for (const [channelId, name] of channels) {
    const posts = messages(name).filter(({ from }) => from === 'bot');
    for (const [number, { id }] of exemptions.entries()) {
      const times = posts.filter(({ visibleText }) => visibleText.includes(soakWords(number))).length;
      const deliveries = byPlace.get(`${channelId} ${id.toLowerCase()}`) ?? [];
      const unknowns = deliveries.reduce((sum, each) => sum + each.unknowns, 0);
      const about = `${soakWords(number)} in ${name}`;
      if (deliveries.length !== 1) faults.push(`${about}: claimed ${deliveries.length} times`);
      if (deliveries.some(({ outcome }) => outcome !== 'sent')) faults.push(`${about}: not noted as sent`);
      if (times === 0) faults.push(`${about}: lost`);
      if (times > 1 + unknowns) faults.push(`${about}: ${times} times, with ${unknowns} unknown attempts`);
      all.repeats += Math.max(0, times - 1);
      all.unknowns += unknowns;
    }
  }
  return { ...all, faults };
};
