import { mayDo, readExemptions } from '../../core/access/access.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import type { UndeliveredThere } from '../../core/alert/undelivered.ts';
import type { Person } from '../../core/person.ts';
import type { Status, UndeliveredAt } from '../../core/desk/status.ts';
import type { Desk } from '../desk.ts';
import { takePulse } from './take-pulse.ts';

/** As many as the card shows; the others are only counted. */
const placesShown = 10;

/** The name of a place, for somebody who may read everything that was to be posted there; otherwise its kind. */
const nameFor = async (desk: Desk, person: Person): Promise<(there: UndeliveredThere) => Promise<string>> => {
  // Without an answer of Azure, nobody is told the name of a channel.
  const known = await unlessUntold(
    async () => ({ hierarchy: await desk.hierarchy(), access: await desk.forReading(person) }),
    undefined,
  );
  return async ({ channelId, scopes, someOfAnyScope }) => {
    const place = await desk.database.conversations.find(channelId);
    if (place?.kind === 'personal')
      return place.objectId === person.objectId.toLowerCase() ? 'Your chat with Exemption Desk' : 'A personal chat';
    const maySee =
      known !== undefined &&
      !someOfAnyScope &&
      scopes.every((scope) => mayDo(known.access, readExemptions, scope, known.hierarchy));
    const kind = place?.kind === 'group' ? 'A group chat' : 'A channel';
    return maySee ? (place?.name ?? kind) : kind;
  };
};

/** The places with the most undelivered alerts; those that may not be told apart are one. */
const findWorst = async (desk: Desk, person: Person): Promise<UndeliveredAt[]> => {
  const worst = await desk.database.alerts.undeliveredMost(placesShown);
  if (worst.length === 0) return [];
  const nameOf = await nameFor(desk, person);
  const named = await Promise.all(worst.map(async (there) => ({ ...there, where: await nameOf(there) })));
  return [...Map.groupBy(named, ({ where, reason }) => JSON.stringify([where, reason])).values()].flatMap((alike) =>
    alike.slice(0, 1).map(({ where, reason }) => ({
      where,
      reason,
      places: alike.length,
      alerts: alike.reduce((sum, { alerts }) => sum + alerts, 0),
    })),
  );
};

/** The health of Exemption Desk in numbers, and whether Azure answers now, with details only as far as the person may read their subject in Azure. */
export const showStatus = async (desk: Desk, person: Person): Promise<Status> => {
  const azure = await desk.azureHealth.look();
  const { places, unreached } = await desk.database.alerts.undelivered();
  return {
    ...(await takePulse(desk)),
    azure,
    api: desk.apiCalls?.(),
    subscriptions: await unlessUntold(async () => (await desk.hierarchy()).subscriptions.length, undefined),
    unreached,
    undelivered: { places, worst: places === 0 ? [] : await findWorst(desk, person) },
  };
};
