import { isExpired } from '../../src/core/exemption/exemption.ts';
import { sameId } from '../../src/core/tenant/arm-id.ts';
import { heldIds } from '../../src/core/request/exemption-claims.ts';
import type { TestDesk } from './make-desk.ts';
import { everyRequest } from '../../scripts/soak/kept/every-request.ts';

/** Each exemption with our mark has exactly the one request in force that wrote it, and each request in force has its exemptions. */
export const expectOneInForce = async ({ desk, tenant, clock }: TestDesk): Promise<void> => {
  const requests = await everyRequest(desk.database.requests, ['applied', 'partly-applied', 'effective']);
  const claimed = requests.flatMap((request) => heldIds(request).map((id) => ({ id, by: request.reference })));
  const marked = tenant
    .exemptions()
    .filter((each) => each.requestReference !== undefined && !isExpired(each, clock.now()));
  for (const { id, requestReference } of marked) {
    const holders = claimed.filter((each) => sameId(each.id, id)).map(({ by }) => by);
    expect({ id, holders }).toEqual({ id, holders: [requestReference] });
  }
  for (const { id, by } of claimed) {
    const standing = marked.find((each) => sameId(each.id, id))?.requestReference;
    expect({ id, standing }).toEqual({ id, standing: by });
  }
};
