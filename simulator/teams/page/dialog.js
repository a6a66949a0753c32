import { drawCardWith } from './card/card.js';
import { dialogHands } from './card/card-hands.js';
import { element, icon } from './dom.js';
import { post } from './requests.js';

/** Everything that cannot be used while a dialog is open. */
const behind = () => document.querySelectorAll('.top-bar, .frame');

/** Opens a dialog with what the bot answered. Only this person sees it. */
export const openDialog = (first, me) => {
  const before = document.activeElement;
  const title = element('h2', { id: 'dialog-title' });
  const content = element('div', { class: 'dialog-content' });
  const close = () => {
    for (const part of behind()) part.inert = false;
    layer.remove();
    void post('/page-data/dialog-closed', { as: me });
    before?.focus();
  };
  const cross = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: close },
    icon('close'),
  );
  const box = element(
    'section',
    { class: 'dialog', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'dialog-title' },
    element('header', { class: 'dialog-bar' }, title, cross),
    content,
  );
  const layer = element('div', { class: 'dialog-layer', onkeydown: ({ key }) => key === 'Escape' && close() }, box);
  const say = (text, isError) =>
    content.replaceChildren(
      element('p', { class: isError ? 'card-note error' : 'dialog-message', role: 'alert' }, text),
    );

  const show = (answer) => {
    if (answer.kind === 'closed') return close();
    if (answer.kind === 'message') return say(answer.text, false);
    if (answer.kind === 'error') return say(answer.message, true);
    title.textContent = answer.title;
    if (typeof answer.width === 'number') box.style.width = `${answer.width}px`;
    else box.dataset.width = answer.width;
    content.replaceChildren(drawCardWith(answer.card, dialogHands(me, show)));
    content.scrollTo(0, 0);
    return undefined;
  };

  title.textContent = 'Exemption Desk';
  for (const part of behind()) part.inert = true;
  document.body.append(layer);
  show(first);
  cross.focus();
};
