import type { Exemption } from '../../core/exemption/exemption.ts';
import type { SightingInBrief } from '../../core/inventory/seen-exemption.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { requestsBehind } from '../inventory/requests-behind.ts';
import type { Found } from './judge-found.ts';

const readRequestsBehind = async (
  desk: Desk,
  exemptions: readonly Exemption[],
): Promise<readonly ExemptionRequest[]> => {
  const references = new Set(exemptions.flatMap(({ requestReference }) => requestReference ?? []));
  return references.size === 0 ? [] : desk.database.requests.list({ references: [...references] });
};

/** The exemptions of a page that are not known in their current state, with what was known of them. */
export const findUnfamiliar = async (
  desk: Desk,
  page: readonly Pick<Found, 'exemption' | 'fingerprint'>[],
  known: ReadonlyMap<string, SightingInBrief>,
): Promise<Found[]> => {
  const found = page.filter(
    ({ exemption, fingerprint }) => known.get(normalId(exemption.id))?.fingerprint !== fingerprint,
  );
  if (found.length === 0) return [];
  const exemptions = found.map(({ exemption }) => exemption);
  const [requests, before] = await Promise.all([
    readRequestsBehind(desk, exemptions),
    desk.database.seen.find(exemptions.map(({ id }) => id)),
  ]);
  const beforeById = new Map(before.map((sighting) => [normalId(sighting.exemption.id), sighting]));
  const requestBehind = requestsBehind(requests);
  return found.map((each) => ({
    ...each,
    request: requestBehind(each.exemption),
    before: beforeById.get(normalId(each.exemption.id)),
  }));
};
