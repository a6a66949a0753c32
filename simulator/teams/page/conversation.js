import { composeBox } from './compose.js';
import { element, icon } from './dom.js';
import { drawMessage } from './message.js';
import { dayName } from './times.js';

const fiveMinutes = 300_000;
const divider = (day) => element('div', { class: 'day', role: 'separator' }, element('span', {}, day));

const drawThread = (post, replies, state) => {
  const thread = element('section', {
    class: 'thread',
    'data-thread': post.id,
    'aria-label': `Post by ${post.author}`,
  });
  const openReply = () => {
    const box = composeBox({ state, where: post.where, thread: post.id, placeholder: 'Reply', onSent: closeReply });
    foot.replaceChildren(box);
    box.querySelector('textarea').focus();
  };
  const reply = element('button', { class: 'reply', type: 'button', onclick: openReply }, icon('reply'), 'Reply');
  const closeReply = () => foot.replaceChildren(reply);
  const foot = element('div', { class: 'thread-foot' }, reply);
  thread.append(drawMessage(post, state.me), ...replies.map((message) => drawMessage(message, state.me)), foot);
  return thread;
};

const drawChannel = (messages, state) =>
  messages
    .filter(({ id, threadId }) => id === threadId)
    .map((post) => ({
      at: post.at,
      node: drawThread(
        post,
        messages.filter(({ id, threadId }) => threadId === post.id && id !== post.id),
        state,
      ),
    }));

const drawChat = (messages, state) =>
  messages.map((message, index) => {
    const before = messages[index - 1];
    const soon = before !== undefined && new Date(message.at) - new Date(before.at) < fiveMinutes;
    const continues = soon && before.from === message.from && dayName(before.at) === dayName(message.at);
    return { at: message.at, node: drawMessage(message, state.me, continues) };
  });

const welcome = (chat, state) =>
  element(
    'div',
    { class: 'empty' },
    element('img', { src: '/page/bot.svg', alt: '', width: '64', height: '64' }),
    element('h2', {}, chat.kind === 'personal' ? chat.title : `Welcome to ${chat.title}`),
    element(
      'p',
      {},
      chat.kind === 'personal'
        ? 'Say hello, or try one of the prompts below.'
        : `Mention @${state.botName} to ask it something here.`,
    ),
  );

/** Draws everything said in the open chat. */
export const drawConversation = (target, chat, state) => {
  const messages = [...state.messages.values()].filter(({ where }) => where === chat.where);
  const drawn = (chat.kind === 'channel' ? drawChannel : drawChat)(messages, state);
  const nodes = drawn.flatMap(({ at, node }, index) => {
    const day = dayName(at);
    return index === 0 || dayName(drawn[index - 1].at) !== day ? [divider(day), node] : [node];
  });
  // In a chat of several people, what one wrote oneself stands on the right as well.
  target.className = `messages ${chat.kind === 'channel' ? 'channel' : 'personal'}`;
  target.replaceChildren(...(nodes.length === 0 ? [welcome(chat, state)] : nodes));
};

/** Redraws one message where it stands, so that half-filled forms elsewhere are left alone. False when it is not there yet. */
export const redrawMessage = (target, message, me) => {
  const old = target.querySelector(`[data-message="${message.id}"]`);
  if (old === null) return false;
  old.replaceWith(drawMessage(message, me, old.classList.contains('continues')));
  return true;
};

/** Adds a new message at the end of its thread or chat without touching the others. */
export const addMessage = (target, message, chat, state) => {
  const thread = chat.kind === 'channel' && target.querySelector(`[data-thread="${message.threadId}"]`);
  if (thread) thread.querySelector('.thread-foot').before(drawMessage(message, state.me));
  else {
    const all = [...state.messages.values()].filter(({ where }) => where === chat.where);
    const before = all.at(-2);
    if (before === undefined) return drawConversation(target, chat, state);
    const drawn = chat.kind === 'channel' ? drawChannel([message], state) : drawChat([before, message], state).slice(1);
    if (dayName(before.at) !== dayName(message.at)) target.append(divider(dayName(message.at)));
    target.append(...drawn.map(({ node }) => node));
  }
  return undefined;
};
