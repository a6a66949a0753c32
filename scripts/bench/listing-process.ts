import { inParallel } from '../../src/core/in-parallel.ts';
import { measured, type Measured } from './measure.ts';
import { answerOrders } from './small-process.ts';

export type ListingOrder = {
  readonly azureUrl: string;
  /** That of policy exemptions. Handed in, so that this process loads none of the product. */
  readonly apiVersion: string;
  /** `/subscriptions/{guid}` */
  readonly subscriptions: readonly string[];
  /** The number of subscriptions read at a time. */
  readonly atATime: number;
};
export type ListingAnswer = { readonly measured: Measured; readonly found: number };

type Page = { readonly value: readonly object[]; readonly nextLink?: string };

/** What a script does: `az policy exemption list` for each subscription, collected into one list. */
const list = async ({ azureUrl, apiVersion, subscriptions, atATime }: ListingOrder): Promise<object[]> => {
  const found: object[] = [];
  await inParallel(subscriptions, atATime, async (subscription) => {
    let next: string | undefined =
      `${azureUrl}${subscription}/providers/Microsoft.Authorization/policyExemptions?api-version=${apiVersion}`;
    while (next !== undefined) {
      const response = await fetch(next, { headers: { authorization: 'Bearer script' } });
      if (!response.ok) throw new Error(`Azure said ${response.status}`);
      const { value, nextLink } = (await response.json()) as Page;
      found.push(...value);
      next = nextLink;
    }
  });
  return found;
};

answerOrders(async (order: ListingOrder): Promise<ListingAnswer> => {
  let found = 0;
  const measurement = await measured(async () => {
    found = (await list(order)).length;
  });
  return { measured: measurement, found };
});
