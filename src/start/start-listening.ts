import { randomUUID } from 'node:crypto';
import { createApi } from '../api/answer-call.ts';
import type { FrontDoor } from '../bot/front-door.ts';
import { prepareTemplates } from '../cards/prepare-templates.ts';
import type { Config } from '../config.ts';
import { typeOf } from '../observe/observe.ts';
import { createEventDoor, entraKeys } from '../server/azure-events.ts';
import { startServer, type RunningServer, type ServerOptions } from '../server/server.ts';
import { createLogRefusals } from '../core/log-refusals.ts';
import { inTime, later } from '../timers.ts';
import type { Desk } from '../workflow/desk.ts';
import { checkReadiness } from '../workflow/operate/check-readiness.ts';
import { noteAzureEvents } from '../workflow/operate/note-azure-events.ts';
import { takePulse } from '../workflow/operate/take-pulse.ts';
import type { Outside } from './open-outside.ts';
import type { Overrides } from './overrides.ts';
import type { Bot } from './start-bot.ts';

/** Where Event Grid may call; undefined unless the operator has set it up. */
const eventDoorOf = (
  { azureEvents }: Config,
  { eventKeys }: Overrides,
  { log }: Outside,
  desk: Desk,
): FrontDoor | undefined =>
  azureEvents === undefined
    ? undefined
    : createEventDoor({
        ...azureEvents,
        keys: eventKeys ?? entraKeys(azureEvents.tenantId),
        note: (events) => noteAzureEvents(desk, events, azureEvents.topics),
        refused: createLogRefusals(log, later, 'Refused events that claim to come from Event Grid'),
        log,
      });

/** The API for other programs; undefined unless the operator has set it up. */
const apiOf = (
  { api, bot, allowGuestsToAsk }: Config,
  { apiKeys }: Overrides,
  { apiCalls, log, observe, opened }: Outside,
  desk: Desk,
): ServerOptions['api'] =>
  api === undefined
    ? undefined
    : createApi({
        desk,
        expected: {
          ...api,
          tenantId: bot.tenantId,
          keys: apiKeys ?? entraKeys(bot.tenantId),
          guests: allowGuestsToAsk ? 'read-and-ask' : 'read',
        },
        turn: opened.turn,
        refused: createLogRefusals(log, later, 'Refused calls of the API'),
        observe: (call) => {
          apiCalls.note(call);
          observe(call);
        },
        log,
      });

/** Opens the HTTP server for Teams, Event Grid and the monitoring, as soon as cards can be drawn without parsing a template first. */
export const startListening = (
  config: Config,
  overrides: Overrides,
  outside: Outside,
  desk: Desk,
  bot: Bot,
  isStopping: () => boolean,
): Promise<RunningServer> => {
  const { correlation, log, metrics, observe } = outside;
  const { metricsToken } = config;
  if (overrides.everyMinute !== false) prepareTemplates();
  return startServer({
    host: config.host,
    port: config.port,
    frontDoor: async (authHeader, body) => {
      const answer = await bot.frontDoor(authHeader, body);
      observe({ what: 'activity', type: typeOf(body), status: answer.status });
      return answer;
    },
    eventDoor: eventDoorOf(config, overrides, outside, desk),
    api: apiOf(config, overrides, outside, desk),
    notReady: async () => (isStopping() ? ['It is shutting down.'] : checkReadiness(desk, inTime)),
    isStopping,
    ...(metricsToken === undefined
      ? {}
      : { metrics: { token: metricsToken, page: () => metrics.page(() => takePulse(desk)) } }),
    newId: randomUUID,
    correlation,
    log,
  });
};
