import { mayDo, readExemptions } from '../../core/access/access.ts';
import type { UndeliveredThere } from '../../core/alert/undelivered.ts';
import { GovernanceError, unlessUntold } from '../../core/governance-error.ts';
import { asPerson, type Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { findMaySubscribe } from './may-subscribe.ts';

/** Rights are asked live for each, so one press comes to no more places. */
const placesAtOnce = 20;

type Place = UndeliveredThere & { readonly seemsTheirs: boolean };

export type SentAgain = {
  readonly alerts: number;
  /** There seem to be more places than one press comes to. */
  readonly isMore: boolean;
};

/** First those whose alerts somebody may read as far as lists know; of these the one that has waited longest. */
const firstToAsk = (a: Place, b: Place): number =>
  Number(b.seemsTheirs) - Number(a.seemsTheirs) || a.since.getTime() - b.since.getTime();

/** Where somebody seems to be allowed to have alerts sent again. Lists may be wrong, so it only says where to ask first. */
const findSeems = async (desk: Desk, person: Person): Promise<(there: UndeliveredThere) => boolean> => {
  const known = await unlessUntold(
    async () => ({ hierarchy: await desk.hierarchy(), access: await desk.forReading(person) }),
    undefined,
  );
  return ({ scopes }) =>
    known !== undefined && scopes.every((scope) => mayDo(known.access, readExemptions, scope, known.hierarchy));
};

const choosePlaces = async (
  desk: Desk,
  person: Person,
  own: string | undefined,
): Promise<{ readonly chosen: readonly Place[]; readonly isMore: boolean }> => {
  const seems = await findSeems(desk, person);
  let [chosen, theirs]: [Place[], number] = [[], 0];
  for await (const portion of desk.database.alerts.undeliveredByPlaces()) {
    const places = portion.map((each) => ({ ...each, seemsTheirs: each.channelId === own || seems(each) }));
    theirs += places.filter(({ seemsTheirs }) => seemsTheirs).length;
    chosen = [...chosen, ...places].sort(firstToAsk).slice(0, placesAtOnce);
  }
  return { chosen, isMore: theirs > chosen.length };
};

/** The places where somebody may have it sent again: of channels those that they could subscribe to it, and their own chat. */
const allowedAmong = async (
  desk: Desk,
  person: Person,
  own: string | undefined,
  chosen: readonly Place[],
): Promise<Place[]> => {
  const open = chosen.filter(({ someOfAnyScope, channelId }) => someOfAnyScope && channelId !== own);
  const subscriptions = await desk.database.subscriptions.of(open.map(({ channelId }) => channelId));
  const scopesOf = ({ channelId, scopes, someOfAnyScope }: Place): string[] => [
    ...scopes,
    ...(someOfAnyScope
      ? subscriptions.flatMap((each) => (each.channelId === channelId && each.kind === 'alerts' ? [each.scope] : []))
      : []),
  ];
  const others = chosen.filter(({ channelId }) => channelId !== own);
  const may = await findMaySubscribe(desk, person, [...new Set(others.flatMap(scopesOf))]);
  return chosen.filter((place) => place.channelId === own || may(scopesOf(place)));
};

/**
 * Makes undeliverable alerts due again, as far as the person may read their subject in Azure, live; also for places marked unreachable. Comes
 * to at most 20 places, so that it takes no longer the more there are. Throws GovernanceError not-found where there is nothing, and forbidden
 * where they may not.
 */
export const sendAgain = async (desk: Desk, person: Person): Promise<SentAgain> => {
  const own = (await desk.database.conversations.personal(person.objectId))?.id;
  const { chosen, isMore } = await choosePlaces(desk, person, own);
  const nothing = new GovernanceError('not-found', 'There is nothing to send again.');
  if (chosen.length === 0) throw nothing;
  const allowed = await allowedAmong(desk, person, own, chosen);
  if (allowed.length === 0)
    throw new GovernanceError(
      'forbidden',
      'You may not send this again, because you may not read in Azure what it is about.',
    );
  const at = desk.now();
  const alerts = await desk.database.transaction(async (store) => {
    let reopened = 0;
    for (const place of allowed)
      reopened += await store.alerts.reopenIn(place.channelId, at, place.channelId === own ? undefined : place);
    if (reopened === 0) throw nothing;
    await store.conversations.markReachable(allowed.map(({ channelId }) => channelId));
    await store.ledger.append({
      at,
      actor: asPerson(person),
      reference: undefined,
      event: 'sent-again',
      from: undefined,
      to: undefined,
      text: '',
      facts: { alerts: String(reopened) },
    });
    await store.jobs.send('deliver-alerts', {});
    return reopened;
  });
  return { alerts, isMore };
};
