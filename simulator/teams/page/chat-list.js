import { avatar, element, icon, placeIcon } from './dom.js';

const preview = (chat, state) => {
  const last = [...state.messages.values()].filter(({ where, deleted }) => where === chat.where && !deleted).at(-1);
  if (last === undefined) return 'Start a conversation';
  const words = (last.summary ?? last.visibleText).split('\n')[0].replace(/<\/?at>|[*_]/g, '');
  return last.from === state.me ? `You: ${words}` : words;
};

const entry = (chat, state, open, isOpen) => {
  const personal = chat.kind === 'personal';
  const name = chat.title;
  const unread = chat.unread && element('span', { class: 'dot' });
  return element(
    'a',
    {
      class: `entry ${chat.kind} ${chat.unread ? 'unread' : ''}`,
      href: `?as=${state.me}&in=${encodeURIComponent(personal ? 'personal' : name)}`,
      'aria-label': chat.unread ? `${name}, unread` : name,
      'aria-current': isOpen && 'page',
      onclick: (event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        open(chat.where);
      },
    },
    personal ? avatar('bot', name) : placeIcon(chat),
    element(
      'span',
      { class: 'label' },
      element('span', { class: 'name' }, name),
      chat.kind !== 'channel' && element('span', { class: 'preview', 'data-text': preview(chat, state) }),
    ),
    unread,
  );
};

/** The list on the left: the chat with the bot, group chats and meetings, then the team's channels. A General channel where nothing was said stays away. */
export const drawChatList = (target, state, openWhere, open) => {
  const quiet = (chat) =>
    chat.where === '#General' && ![...state.messages.values()].some(({ where }) => where === chat.where);
  const entries = (kind) =>
    state.chats
      .filter((chat) => chat.kind === kind && !quiet(chat))
      .map((chat) => entry(chat, state, open, chat.where === openWhere));
  target.replaceChildren(
    element('h2', {}, icon('chat'), 'Chat'),
    ...entries('personal'),
    ...entries('groupChat'),
    element('h2', {}, icon('team'), state.teamName),
    ...entries('channel'),
  );
};
