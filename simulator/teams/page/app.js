import { drawChatList } from './chat-list.js';
import { composeBox, promptChips } from './compose.js';
import { addMessage, drawConversation, redrawMessage } from './conversation.js';
import { openDialog } from './dialog.js';
import { avatar, element, icon, placeIcon } from './dom.js';
import { get, post } from './requests.js';
import { useTimeZone } from './times.js';
import { drawWho, drawWorld } from './top-bar.js';

const find = (selector) => document.querySelector(selector);
const query = new URLSearchParams(location.search);
const me = query.get('as') ?? 'alice';

const loadState = async () => {
  const loaded = await get(`/page-data/state?as=${encodeURIComponent(me)}`);
  return { ...loaded, messages: new Map(loaded.messages.map((message) => [message.id, message])) };
};

// Listening starts before loading: nothing that happens in between may be missed.
const events = new EventSource(`/page-data/events?as=${encodeURIComponent(me)}`);
const early = [];
let onMessage = (message) => early.push(message);
events.addEventListener('message', ({ data }) => onMessage(JSON.parse(data)));
await new Promise((resolve) => events.addEventListener('open', resolve, { once: true }));
let state = await loadState();
useTimeZone(state.timeZone);
// The address names a channel without its sign.
const named = query.get('in') ?? 'personal';
let open = state.chats.find(({ where }) => where === named || where === `#${named}`)?.where ?? 'personal';

const pane = find('.messages');
const openChat = () => state.chats.find(({ where }) => where === open) ?? state.chats[0];
const toBottom = () => pane.scrollTo(0, pane.scrollHeight);
const isAtBottom = () => pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120;

const drawList = () => {
  drawChatList(find('.chats'), state, open, show);
  const unread = state.chats.filter((chat) => chat.unread).length;
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${openChat().title} | ${me} | Teams simulator`;
};
const markRead = () => {
  openChat().unread = false;
  void post('/page-data/read', { as: me, where: open });
};

const refreshCard = async (message) => {
  if (message.deleted || message.cards[0]?.refresh === undefined) return;
  const { againInMs } = await post('/page-data/refresh', { as: me, message: message.id });
  if (againInMs !== undefined) setTimeout(() => void refreshCard(state.messages.get(message.id)), againInMs);
};
const refreshOpenCards = () => {
  for (const message of state.messages.values()) if (message.where === open) void refreshCard(message);
};

const underTitle = ({ kind, isMeeting, people }) =>
  ({ personal: 'App', channel: state.teamName })[kind] ??
  `${isMeeting ? 'Meeting' : 'Group chat'}: ${people.join(', ')}`;

const drawHeader = (chat) => {
  const { kind } = chat;
  const back = () => (document.body.dataset.view = 'list');
  find('.conversation-header').replaceChildren(
    element(
      'button',
      { type: 'button', class: 'icon-button back', 'aria-label': 'Back to chats', onclick: back },
      icon('back'),
    ),
    kind === 'personal' ? avatar('bot', state.botName) : element('span', { class: 'avatar channel' }, placeIcon(chat)),
    element('div', {}, element('h1', { id: 'conversation-title' }, chat.title), element('p', {}, underTitle(chat))),
    element('span', { class: 'tab' }, kind === 'channel' ? 'Posts' : 'Chat'),
  );
};

const drawAll = () => {
  const chat = openChat();
  open = chat.where;
  markRead();
  drawHeader(chat);
  drawConversation(pane, chat, state);
  const start = chat.kind === 'channel' ? 'Start a post' : 'Type a message';
  const placeholder = chat.kind === 'personal' ? start : `${start}. Type @${state.botName} to ask the bot`;
  find('.composer').replaceChildren(
    promptChips(state, open),
    composeBox({ state, where: open, placeholder, onSent: toBottom }),
  );
  find('.typing').replaceChildren();
  drawList();
  toBottom();
  refreshOpenCards();
};

const show = (where) => {
  open = where;
  document.body.dataset.view = 'conversation';
  history.replaceState(null, '', `?as=${me}&in=${encodeURIComponent(where.replace('#', ''))}`);
  drawWho(find('.who'), state);
  drawAll();
};

let typingEnds;
const hideTyping = () => find('.typing').replaceChildren();
const showTyping = ({ where }) => {
  if (where !== open) return;
  const dots = element(
    'span',
    { class: 'dots', 'aria-hidden': 'true' },
    [1, 2, 3].map(() => element('i')),
  );
  find('.typing').replaceChildren(dots, `${state.botName} is typing`);
  window.clearTimeout(typingEnds);
  typingEnds = setTimeout(hideTyping, 8000);
};

onMessage = (message) => {
  const isNew = !state.messages.has(message.id);
  const cardChanged = isNew || state.messages.get(message.id).version !== message.version;
  state.messages.set(message.id, message);
  const chat = state.chats.find(({ where }) => where === message.where);
  if (message.where === open) {
    const follow = isAtBottom() || message.from === me;
    if (message.from === 'bot') hideTyping();
    if (!redrawMessage(pane, message, me)) addMessage(pane, message, chat, state);
    if (follow) toBottom();
    if (isNew) markRead();
    if (cardChanged) void refreshCard(message);
  } else if (isNew && message.from !== me) chat.unread = true;
  drawList();
};

const setClock = drawWorld(find('.world'), state);
drawWho(find('.who'), state);
document.body.dataset.view = query.has('in') ? 'conversation' : 'list';
drawAll();

document.addEventListener('dialog', ({ detail }) => openDialog(detail, me));

let interrupted = false;
early.forEach(onMessage);
events.addEventListener('typing', ({ data }) => showTyping(JSON.parse(data)));
events.addEventListener('clock', ({ data }) => setClock(JSON.parse(data).now));
events.addEventListener('error', () => (interrupted = true));
events.addEventListener('open', async () => {
  if (!interrupted) return;
  interrupted = false;
  state = await loadState();
  drawAll();
});
