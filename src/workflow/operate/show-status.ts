import { mayDo, readExemptions } from '../../core/access/access.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import type { Undelivered } from '../../core/alert/alert-delivery.ts';
import type { Person } from '../../core/person.ts';
import type { Status } from '../../core/desk/status.ts';
import { isPersonPlace, unreachedIn } from '../../core/chat/person-place.ts';
import type { Desk } from '../desk.ts';
import { takePulse } from './take-pulse.ts';

/** The name of a place, for somebody who may read everything that was to be posted there; otherwise its kind. */
const nameFor = async (
  desk: Desk,
  person: Person,
  undelivered: readonly Undelivered[],
): Promise<(there: Undelivered) => string> => {
  const ids = new Set(undelivered.map(({ channelId }) => channelId));
  const places = await Promise.all([...ids].map((id) => desk.database.conversations.find(id)));
  // Without an answer of Azure, nobody is told the name of a channel.
  const known = await unlessUntold(
    async () => ({ hierarchy: await desk.hierarchy(), access: await desk.forReading(person) }),
    undefined,
  );
  return ({ channelId, scopes }) => {
    const place = places.find((each) => each?.id === channelId);
    if (place?.kind === 'personal')
      return place.objectId === person.objectId.toLowerCase() ? 'Your chat with Exemption Desk' : 'A personal chat';
    const maySee =
      known !== undefined &&
      scopes.length > 0 &&
      scopes.every((scope) => mayDo(known.access, readExemptions, scope, known.hierarchy));
    return maySee ? (place?.name ?? 'A channel') : 'A channel';
  };
};

/** The health of Exemption Desk in numbers, and whether Azure answers now, with details only as far as the person may read their subject in Azure. */
export const showStatus = async (desk: Desk, person: Person): Promise<Status> => {
  const azure = await desk.azureHealth.look();
  const kept = await desk.database.alerts.undelivered();
  const undelivered = kept.filter(({ channelId }) => !isPersonPlace(channelId));
  const nameOf = undelivered.length === 0 ? () => '' : await nameFor(desk, person, undelivered);
  const there = Map.groupBy(undelivered, (each) => JSON.stringify([nameOf(each), each.reason]));
  return {
    ...(await takePulse(desk)),
    azure,
    subscriptions: await unlessUntold(async () => (await desk.hierarchy()).subscriptions.length, undefined),
    unreached: unreachedIn(kept),
    undelivered: [...there.values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ where: nameOf(first), reason: first.reason, count: 1 + others.length }],
    ),
  };
};
