import { sameId } from '../../src/core/tenant/arm-id.ts';
import { samePerson } from '../../src/core/person.ts';
import type { ExemptionRequest } from '../../src/core/request/request.ts';
import type { TestDesk } from './make-desk.ts';
import { everyRequest } from '../../scripts/soak/kept/every-request.ts';

/** Each change begins where the one before it ended, and the last one ends where the request is. */
const expectUnbroken = async ({ desk }: TestDesk, { reference, status }: ExemptionRequest): Promise<void> => {
  const changes = (await desk.database.ledger.history(reference)).filter(({ to }) => to !== undefined);
  const ends = changes.map(({ to }) => to);
  expect([reference, ...changes.map(({ from }) => from), status]).toEqual([reference, undefined, ...ends]);
};

const expectDecidedByOthers = ({ reference, approvals, requester }: ExemptionRequest): void => {
  const own = approvals.filter(({ by }) => samePerson(by, requester));
  expect([reference, own]).toEqual([reference, []]);
};

/** What must hold whatever happened at the same time, and whoever died meanwhile. */
export const expectSound = async (world: TestDesk): Promise<void> => {
  const { desk, tenant } = world;
  expect(await desk.database.ledger.verify()).toBeUndefined();
  const requests = await everyRequest(desk.database.requests);
  for (const request of requests) {
    await expectUnbroken(world, request);
    expectDecidedByOthers(request);
  }
  for (const { id, requestReference } of tenant.exemptions()) {
    if (requestReference === undefined) continue;
    const request = requests.find(({ reference }) => reference === requestReference);
    expect(request?.decision).toBeDefined();
    expect(request?.targets.some(({ exemptionId }) => sameId(exemptionId, id))).toBe(true);
  }
};
