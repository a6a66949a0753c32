import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { createActivities } from './people/activities.ts';
import type { Activities } from './people/activities.ts';
import type { Answered, Deliver } from './people/bot-delivery.ts';
import { createDelivery } from './people/bot-delivery.ts';
import { createBroadcast } from './broadcast.ts';
import type { CardAnswer } from './people/card-answer.ts';
import { buttonsOf, press } from './people/card-press.ts';
import { createRefresh } from './card-refresh.ts';
import { createConnectorGate } from './connector/connector-gate.ts';
import type { ConnectorGate } from './connector/connector-gate.ts';
import { createConnector } from './connector/connector.ts';
import { createControlRoutes } from './control-routes.ts';
import type { Controls } from './control-routes.ts';
import { createDirectory } from './directory.ts';
import type { Directory, DirectoryOptions } from './directory.ts';
import { createFileDrop } from './people/file-drop.ts';
import { createIdentity } from './identity.ts';
import type { Identity } from './identity.ts';
import { createInstallations } from './people/installations.ts';
import type { Installations } from './people/installations.ts';
import { createMessageBoard } from './message-board.ts';
import type { KeptMessages, MessageBoard } from './message-board.ts';
import type { Json, TestMessage } from './message.ts';
import { pageFiles } from './page-files.ts';
import { createPageRoutes } from './page-routes.ts';
import type { TypingNews } from './page-routes.ts';
import { createPageView } from './page-view.ts';
import { createTeamLife } from './people/team-life.ts';
import type { TeamLife } from './people/team-life.ts';
import { createPersonActions } from './people/person-actions.ts';
import type { PersonActions, Turn } from './people/person-actions.ts';
import { createRoster } from './connector/roster.ts';
import { createRouter } from './router.ts';
import type { Routes } from './router.ts';
import { createWaitForMessage } from './wait-for-message.ts';
import type { WaitForMessage } from './wait-for-message.ts';

/** As the front ends of Microsoft keep connections. Node's own 5 s would reset the next call of a bot that is busy in the same process for longer. */
const idleConnectionMs = 120_000;

export type TeamsSimulatorOptions = DirectoryOptions & {
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  /** Where the bot accepts activities, like `http://127.0.0.1:3978/api/messages`. */
  readonly botEndpoint: () => string;
  /** How to know that the bot has answered; without it the bot answers before it acknowledges. */
  readonly answered?: Answered | undefined;
  readonly control: Controls;
  /** False: this Teams refuses messages that only one person in a conversation sees. Default true. */
  readonly hasTargeted?: (() => boolean) | undefined;
  /** Answers 401 to connector calls without a bearer token. Default false. */
  readonly requireBotToken?: boolean;
  /** Answers 429 to connector calls beyond what Teams documents. Default false. */
  readonly enforceLimits?: boolean | undefined;
  /** The state of an earlier run, to continue with. */
  readonly kept?: KeptTeams | undefined;
  /** Monotonic milliseconds, for the pause of the client between card refreshes. */
  readonly realTime?: () => number;
};

/** Messages, installations, read marks and the channel's key, as JSON; people and channels are the same every time. */
type KeptTeams = KeptMessages & {
  readonly installed: readonly string[];
  readonly readUntil: Readonly<Record<string, number>>;
  readonly key: Identity['key'];
};

/** The connection of a second client to this Teams, beside the chat page. `send` signs an activity and does not wait for what the bot does later. */
export type Backstage = {
  readonly directory: Directory;
  readonly board: MessageBoard;
  readonly activities: Activities;
  readonly send: Deliver;
};

/**
 * A Teams for one bot. A person is named by key (`alice`). Where somebody acts is `personal` or a channel like
 * `#approvals`; where messages are read is `#approvals` or the key of the person whose personal chat is meant.
 */
export type TeamsSimulator = Pick<Identity, 'token'> &
  Pick<Installations, 'install' | 'uninstall' | 'upgrade' | 'installAll'> &
  Pick<TeamLife, 'happen'> &
  Pick<ConnectorGate, 'failNext'> &
  Pick<Directory, 'become' | 'leave' | 'useClient'> &
  Pick<
    PersonActions,
    'say' | 'submit' | 'execute' | 'search' | 'searchRaw' | 'answerFileOffer' | 'cardFor' | 'dialogs' | 'extension'
  > & {
    readonly url: string;
    readonly serviceUrl: string;
    readonly openIdMetadataUrl: string;
    close(): Promise<void>;
    kept(): KeptTeams;
    /** The titles of the Submit and Execute buttons on a card as this person sees it. */
    buttons(personKey: string, messageId: string): string[];
    /** Fills a card in a message and presses its Submit or Execute button; refuses what a client would not allow. */
    press(
      personKey: string,
      messageId: string,
      button: string,
      inputs?: Record<string, string>,
    ): Promise<Turn | CardAnswer>;
    /** Lets the client request the refreshed card, as it does for an open page. */
    refresh: ReturnType<typeof createRefresh>;
    conversations(): { name: string; kind: 'personal' | 'channel' | 'groupChat'; conversationId: string }[];
    /** The `29:` id by which the bot knows a person. */
    userId(personKey: string): string;
    messages(chat: string): TestMessage[];
    waitForMessage: WaitForMessage;
    readonly backstage: Backstage;
    /** Every call the bot made to the connector, oldest first. */
    connectorCalls: ConnectorGate['calls'];
    /** Forgets all messages and calls, so that a long run does not fill the memory. */
    forget(): void;
  };

const connectorPath = '/teams';
const under = (prefix: string, routes: Routes): Routes =>
  Object.fromEntries(Object.entries(routes).map(([route, handler]) => [route.replace(' ', ` ${prefix}`), handler]));

const createHands = (board: MessageBoard, actions: PersonActions): Pick<TeamsSimulator, 'buttons' | 'press'> => {
  const cardFor = (personKey: string, messageId: string): Json => {
    const card = actions.cardFor(personKey, messageId);
    if (card === undefined) throw new RangeError(`Message ${messageId} has no card: ${board.found(messageId).text}`);
    return card;
  };
  return {
    buttons: (personKey, messageId) => buttonsOf(cardFor(personKey, messageId)).map(({ title }) => title),
    async press(personKey, messageId, title, inputs = {}) {
      const { action, data } = press(cardFor(personKey, messageId), title, inputs);
      return action.type === 'Action.Submit'
        ? actions.submit(personKey, messageId, data)
        : actions.execute(personKey, messageId, { verb: String(action.verb), data, title });
    },
  };
};

export const startTeamsSimulator = async (options: TeamsSimulatorOptions): Promise<TeamsSimulator> => {
  const { clock, control, botId, kept } = options;
  let url = '';
  const serviceUrl = () => `${url}${connectorPath}/`;
  const typing = createBroadcast<TypingNews>();
  const moved = createBroadcast<Date>();

  const directory = createDirectory(options);
  const board = createMessageBoard(clock, kept);
  const identity = await createIdentity(botId, () => ({ url, serviceUrl: serviceUrl() }), kept?.key);
  const deliver = createDelivery(options.botEndpoint, identity, options.answered ?? (async () => undefined));
  const activities = createActivities(directory, clock, serviceUrl);
  const installations = createInstallations(directory, activities, deliver, kept?.installed);
  const life = createTeamLife(directory, activities, deliver);
  const files = createFileDrop(() => url);
  const actions = createPersonActions({ directory, board, activities, deliver, installations, files });
  const refresh = createRefresh(directory, board, actions.execute, options.realTime ?? (() => performance.now()));
  const view = createPageView(directory, board, clock, Object.keys(control), kept?.readUntil);
  const gate = createConnectorGate({
    requireBotToken: options.requireBotToken ?? false,
    enforceLimits: options.enforceLimits ?? false,
  });
  const { isInstalled } = installations;
  const connector = createConnector({
    directory,
    board,
    isInstalled,
    isClosed: life.isClosed,
    hasTargeted: options.hasTargeted ?? (() => true),
    onTyping: ({ name }) => typing.tell({ chat: name }),
  });

  const server = createServer(
    createRouter({
      ...pageFiles,
      ...identity.routes,
      ...files.routes,
      ...under(connectorPath, gate.guard({ ...connector, ...createRoster(directory, isInstalled) })),
      ...createPageRoutes({ view, board, actions, refresh, typing, moved, clock }),
      ...createControlRoutes(control),
    }),
  );
  server.keepAliveTimeout = idleConnectionMs;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clock.onMoved(async () => moved.tell(clock.now()));

  return {
    ...actions,
    url,
    serviceUrl: serviceUrl(),
    openIdMetadataUrl: `${url}/.well-known/openidconfiguration`,
    token: identity.token,
    install: installations.install,
    uninstall: installations.uninstall,
    upgrade: installations.upgrade,
    happen: life.happen,
    installAll: installations.installAll,
    failNext: gate.failNext,
    become: directory.become,
    leave: directory.leave,
    useClient: directory.useClient,
    ...createHands(board, actions),
    refresh,
    conversations: () => directory.chats.map(({ name, kind, conversationId }) => ({ name, kind, conversationId })),
    userId: (personKey) => directory.memberOf(personKey).id,
    messages: board.all,
    waitForMessage: createWaitForMessage(board),
    backstage: {
      directory,
      board,
      activities,
      send: createDelivery(options.botEndpoint, identity, async () => undefined),
    },
    connectorCalls: gate.calls,
    forget() {
      board.forget();
      gate.forgetCalls();
    },
    kept: () => ({
      ...board.kept(),
      installed: installations.installed(),
      readUntil: view.readUntil(),
      key: identity.key,
    }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
