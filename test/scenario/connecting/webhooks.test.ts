import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { startReceiver, type TestReceiver } from '../../connections/webhooks/receiver.ts';
import { sendRequest } from '../steps.ts';
import { startWorld, type World } from '../../world.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;

describe('webhooks in a whole world', () => {
  let world: World;
  let [soc, grc]: TestReceiver[] = [];
  beforeAll(async () => {
    [soc, grc] = [await startReceiver(), await startReceiver()];
    const fields = (url: string) =>
      `{ url: '${url}', secrets: [CONNECTION_SECRET], privateReceivers: [127.0.0.1/32], events: ['requested', 'rejected'] }`;
    world = await startWorld({
      logLevel: 'silent',
      connections: `webhooks:\n  soc: ${fields(soc.url)}\n  grc: ${fields(grc.url)}\n`,
      connectionSecrets: { CONNECTION_SECRET: secret },
    });
  });
  afterAll(async () => {
    await world.close();
    await soc?.close();
    await grc?.close();
  });

  const toldTo = (receiver: TestReceiver | undefined) =>
    (receiver?.received ?? []).map(({ headers, body }) => {
      const { subject, data, sequence } = new Webhook(secret).verify(body, headers as Record<string, string>) as {
        readonly subject: string;
        readonly sequence: string;
        readonly data: { readonly event: string };
      };
      return { id: headers['webhook-id'], sequence: Number(sequence), what: `${data.event} ${subject}` };
    });

  it('tell each receiver in order, one while another is down, and lose nothing and change no id over it', async () => {
    soc?.answers.push(...Array.from({ length: 4 }, () => ({ status: 503, hangsUp: true })));
    const reference = await sendRequest(world, 'alice');
    await world.teams.say('bob', 'personal', `reject ${reference} because not now`);
    await world.app().idle();
    expect(toldTo(grc).map(({ what }) => what)).toEqual([`requested ${reference}`, `rejected ${reference}`]);
    expect(new Set(toldTo(soc).map(({ what }) => what))).toEqual(new Set([`requested ${reference}`]));

    for (let times = 0; times < 6; times += 1) await world.clock.advance('PT10M');
    const [told, other] = [toldTo(soc), toldTo(grc)];
    expect(told.slice(0, 4).map(({ id }) => id)).toEqual(Array.from({ length: 4 }, () => other[0]?.id));
    expect(told.slice(4).map(({ id, what }) => [id, what])).toEqual(other.map(({ id, what }) => [id, what]));
    expect(await world.app().desk.database.outbox.health(new Date())).toMatchObject([
      { target: 'webhooks/grc', waiting: 0, dead: 0 },
      { target: 'webhooks/soc', waiting: 0, dead: 0 },
    ]);
  });
});
