import { post } from '../requests.js';

const sent = 'Your response was sent to the app';

/** The hands of a card in a message: they send its presses and its searches. */
export const cardHands = (message, me) => ({
  submit: async (data, tell, frame, msteams) => {
    const { problem, dialog } = await post('/page-data/submit', { as: me, message: message.id, data });
    if (dialog !== undefined && dialog.kind !== 'closed')
      frame.dispatchEvent(new window.CustomEvent('dialog', { bubbles: true, detail: dialog }));
    else if (problem !== undefined) tell(`Something went wrong. Please try again. (${problem})`, true);
    else if (dialog === undefined && msteams?.feedback?.hide !== true) tell(sent);
  },
  execute: async ({ verb, data, id, title }, tell) => {
    const answer = await post('/page-data/execute', { as: me, message: message.id, action: { verb, data, id, title } });
    if (answer.kind === 'error') tell(answer.message, true);
    else tell(answer.kind === 'message' ? answer.text : sent);
  },
  search: (input, text) => post('/page-data/search', { as: me, message: message.id, input, text }),
});

/** The hands of a card in a dialog: the same, and `show` takes the answer. */
export const dialogHands = (me, show) => ({
  isDialog: true,
  submit: async (data, tell) => {
    const answer = await post('/page-data/dialog', { as: me, data });
    if (answer.kind === 'error') tell(answer.message, true);
    else show(answer);
  },
  execute: async () => undefined,
  search: (input, text) => post('/page-data/dialog-search', { as: me, input, text }),
});
