import { element, icon, toast } from './dom.js';
import { extensionPanel } from './extension.js';
import { post } from './requests.js';

/** A box to write in. Enter sends, Shift+Enter makes a line; in a channel the bot reads only what mentions it. */
export const composeBox = ({ state, where, thread, placeholder, onSent }) => {
  const mention = `@${state.botName} `;
  const inChannel = where !== 'personal';
  const isAddressed = () => !inChannel || input.value.toLowerCase().includes(mention.trim().toLowerCase());

  const settle = () => {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
    hint.hidden = input.value.trim() === '' || isAddressed();
    send.disabled = input.value.trim() === '';
  };
  const say = async () => {
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    settle();
    onSent?.();
    try {
      await post('/page-data/say', { as: state.me, where, text, thread });
    } catch (error) {
      toast(error.message, 'failed');
    }
  };
  const insertMention = () => {
    if (!isAddressed()) input.value = mention + input.value;
    input.focus();
    settle();
  };
  const onkeydown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void say();
  };
  const input = element('textarea', {
    rows: '1',
    placeholder,
    'aria-label': placeholder,
    oninput: () => settle(),
    onkeydown,
  });
  const hint = element(
    'div',
    { class: 'hint', hidden: true },
    `Without a mention, ${state.botName} will not see this.`,
  );
  const send = element(
    'button',
    { type: 'submit', class: 'icon-button send', 'aria-label': 'Send', title: 'Send', disabled: true },
    icon('send'),
  );
  const at =
    inChannel &&
    element(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': `Mention ${state.botName}`,
        title: `Mention ${state.botName}`,
        onclick: insertMention,
      },
      icon('mention'),
    );
  const extension = extensionPanel(state, where);
  const onsubmit = (event) => {
    event.preventDefault();
    void say();
  };
  return element(
    'form',
    { class: 'compose', onsubmit },
    thread === undefined && extension.panel,
    hint,
    element('div', { class: 'box' }, input, thread === undefined && extension.opener, at, send),
  );
};

const prompts = ['help', 'recommendations', 'requests'];

export const promptChips = (state, where) =>
  element(
    'div',
    { class: 'prompts', role: 'group', 'aria-label': 'Prompts' },
    prompts.map((prompt) => {
      const text = where === 'personal' ? prompt : `@${state.botName} ${prompt}`;
      const onclick = () => void post('/page-data/say', { as: state.me, where, text });
      return element('button', { type: 'button', onclick }, prompt);
    }),
  );
