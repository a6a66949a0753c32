import type { World } from '../../simulator/start.ts';
import { formInputs, offered, openForm } from './steps.ts';
import { everyRequest } from '../../scripts/soak/kept/every-request.ts';

/** What a scenario about requests looks at and does again and again. */
export const aroundRequests = (world: () => World) => {
  const request = async (reference: string) => (await world().app().desk.database.requests.find(reference))!;
  const written = (reference: string) =>
    world()
      .tenant.exemptions.all()
      .filter((each) => JSON.stringify(each.properties).includes(reference));
  const said = async (person: string, text: string) =>
    (await world().teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const cards = (chat: string, reference: string) =>
    world()
      .teams.messages(chat)
      .filter((each) => each.cards.length > 0 && each.visibleText.includes(reference));
  const lastCard = (chat: string, reference: string) => cards(chat, reference).at(-1)!;
  const press = async (person: string, chat: string, reference: string, title: string, inputs = {}) => {
    await world().teams.press(person, lastCard(chat, reference).id, title, inputs);
    await world().app().idle();
  };
  const events = async (reference: string) =>
    (await world().app().desk.database.ledger.history(reference)).map(({ event }) => event);
  /** Asks for both storage accounts of the shop. */
  const ask = async (person: string, inputs: Record<string, string> = {}, label = 'stshop') => {
    const form = await openForm(world(), person);
    const resources = offered(world(), person, form, label);
    await world().teams.press(person, form, 'Preview', { ...formInputs, resources, ...inputs });
    await world().teams.press(person, form, 'Send', {});
    await world().app().idle();
    const [newest] = await everyRequest(world().app().desk.database.requests);
    return newest!.reference;
  };
  /** Makes room for the next request of the same exemptions. */
  const away = async (reference: string) => {
    for (const { exemptionId } of (await request(reference)).targets) world().tenant.exemptions.remove(exemptionId);
    await world().clock.advance('PT6M');
  };

  return { request, written, said, cards, lastCard, press, events, ask, away };
};
