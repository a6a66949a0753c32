import { element, icon, toast } from './dom.js';
import { post } from './requests.js';

const titled = { recommendations: 'Recommendations', exemptions: 'Exemptions', requests: 'Requests' };

const openAction = async (me, where, message) => {
  try {
    const dialog = await post('/page-data/extension-open', { as: me, where, message });
    document.dispatchEvent(new window.CustomEvent('dialog', { detail: dialog }));
  } catch (error) {
    toast(error.message, 'failed');
  }
};

/** The action of the app in the menu of a message, which Teams offers on messages of people. */
export const messageAction = (message, me) =>
  message.from !== 'bot' &&
  !message.deleted &&
  element(
    'button',
    {
      type: 'button',
      class: 'message-action',
      onclick: () => void openAction(me, message.where, message.id),
    },
    'Request an exemption',
  );

/** The search of the app beside the compose box, and its action. What is chosen is posted under the name of the person. */
export const extensionPanel = (state, where) => {
  let command = 'recommendations';
  let asked = 0;
  const results = element('div', { class: 'extension-results', role: 'group', 'aria-label': 'Results' });
  const note = (text) => element('p', { role: 'status' }, text);

  const choose = async (result) => {
    panel.hidden = true;
    await post('/page-data/extension-post', { as: state.me, where, result });
  };
  const resultButton = (result) =>
    element(
      'button',
      { type: 'button', class: 'extension-result', onclick: () => void choose(result) },
      element('b', {}, result.title),
      element('span', {}, result.text),
    );
  const draw = (answer) => {
    if (answer.kind !== 'results') return results.replaceChildren(note(answer.text ?? answer.message));
    if (answer.results.length === 0) return results.replaceChildren(note('No results'));
    return results.replaceChildren(...answer.results.map(resultButton));
  };
  const search = async (text) => {
    const mine = (asked += 1);
    const given = { as: state.me, where, command, ...(text === undefined ? {} : { text }) };
    const answer = await post('/page-data/extension-query', given);
    if (mine === asked) draw(answer);
  };
  const input = element('input', {
    type: 'search',
    'aria-label': 'Search in Exemption Desk',
    placeholder: 'Search',
    oninput: () => void search(input.value),
  });
  const tabs = Object.entries(titled).map(([id, title]) =>
    element(
      'button',
      {
        type: 'button',
        'aria-pressed': String(id === command),
        onclick: ({ currentTarget }) => {
          command = id;
          for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab === currentTarget));
          input.value = '';
          void search();
        },
      },
      title,
    ),
  );
  const action = element(
    'button',
    {
      type: 'button',
      onclick: () => {
        panel.hidden = true;
        void openAction(state.me, where);
      },
    },
    'Request an exemption',
  );
  const panel = element(
    'section',
    { class: 'extension', hidden: true, 'aria-label': 'Exemption Desk in the compose box' },
    element('div', { class: 'extension-tabs' }, ...tabs, action),
    input,
    results,
  );
  const opener = element(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': 'Search in Exemption Desk',
      title: 'Search in Exemption Desk',
      onclick: () => {
        panel.hidden = !panel.hidden;
        if (panel.hidden) return;
        input.focus();
        void search();
      },
    },
    icon('search'),
  );
  return { panel, opener };
};
