import type { Store } from '../../src/core/desk/store.ts';
import type { Surroundings } from '../../simulator/start.ts';
import type { Heard } from './outage-load.ts';
import { everyRequest } from './kept/every-request.ts';

/** What nobody should ever hear: a fault without a remedy, or nothing. */
export const heardFaults = (outage: string, heard: readonly Heard[], mayFail: boolean): string[] =>
  heard.flatMap(({ status, texts }) => [
    ...(status === 200 || (mayFail && status !== undefined)
      ? []
      : [`${outage}: the bot answered ${status ?? 'nothing'}.`]),
    ...texts.filter((text) => text.includes('went wrong')).map((text) => `${outage}: somebody was told “${text}”`),
  ]);

/** Faults after everything is back and at rest. */
export const outageFaults = async (
  { requests, ledger }: Pick<Store, 'requests' | 'ledger'>,
  { tenant, teams }: Surroundings,
  acknowledged: readonly string[],
): Promise<string[]> => {
  const all = await everyRequest(requests);
  const faults = all.flatMap(({ reference, status, targets }) => {
    const written = tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference));
    const told = teams
      .messages('#security-alerts')
      .some(({ from, visibleText }) => from === 'bot' && visibleText.includes(reference));
    return [
      ...(acknowledged.includes(reference) && status === 'pending' ? [`${reference} was approved and is lost.`] : []),
      ...(['applied', 'effective'].includes(status) ? [] : [`${reference} is ${status} in the end.`]),
      ...(written.length === targets.length
        ? []
        : [`${reference} has ${written.length} of ${targets.length} exemptions.`]),
      ...(told ? [] : [`The channel was not told of ${reference}.`]),
    ];
  });
  const known = new Set(all.map(({ reference }) => reference));
  const lost = acknowledged.filter((reference) => !known.has(reference)).map((reference) => `${reference} is gone.`);
  return [...faults, ...lost, ...((await ledger.verify()) === undefined ? [] : ['The ledger is broken.'])];
};
