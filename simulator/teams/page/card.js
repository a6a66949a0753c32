import { problemsOf } from './card-check.js';
import './chart.js';
import { element } from './dom.js';
import { hostConfig } from './host-config.js';
import { escapeHtml, markdownToHtml, withMentions } from './markdown.js';
import { post } from './requests.js';

const { AdaptiveCard, ExecuteAction, GlobalSettings, HostConfig, OpenUrlAction, SubmitAction } = AdaptiveCards;
GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;
GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true;

let mentioned = [];
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = withMentions(markdownToHtml(text), mentioned);
  result.didProcess = true;
};

const errorBlock = (problems) =>
  element(
    'div',
    { class: 'card-problems', role: 'alert' },
    element('b', {}, 'Teams would not show all of this card.'),
    element(
      'ul',
      {},
      problems.map((problem) => element('li', {}, problem)),
    ),
  );

const openUrl = (url) => {
  if (/^https?:\/\//.test(url)) window.open(url, '_blank', 'noopener');
};

/** Draws one card of a message, and does what Teams does when its buttons are pressed. */
export const drawCard = (json, message, me) => {
  const note = element('div', { class: 'card-note', role: 'status' });
  const holder = element('div', { class: 'card' });
  const frame = element(
    'div',
    { class: `card-frame ${/^full$/i.test(json.msteams?.width ?? '') ? 'full' : ''}` },
    holder,
    note,
  );

  const tell = (text, isError = false) => {
    note.className = `card-note ${isError ? 'error' : ''}`;
    note.innerHTML = isError ? escapeHtml(text) : withMentions(markdownToHtml(text));
  };
  const submit = async (data) => {
    const { problem } = await post('/page-data/submit', { as: me, message: message.id, data });
    if (problem !== undefined) tell(`Something went wrong. Please try again. (${problem})`, true);
    else if (data?.msteams?.feedback?.hide !== true) tell('Your response was sent to the app');
  };
  const execute = async ({ verb, data, id, title }) => {
    const answer = await post('/page-data/execute', { as: me, message: message.id, action: { verb, data, id, title } });
    if (answer.kind === 'error') tell(answer.message, true);
    else tell(answer.kind === 'message' ? answer.text : 'Your response was sent to the app');
  };

  const press = async (action) => {
    if (action instanceof OpenUrlAction) return openUrl(action.url);
    if (!(action instanceof SubmitAction || action instanceof ExecuteAction)) return undefined;
    holder.classList.add('busy');
    tell('');
    try {
      if (action instanceof ExecuteAction) await execute(action);
      else {
        await submit(action.data ?? {});
        draw();
      }
    } catch (error) {
      tell(`Something went wrong. Please try again. (${error.message})`, true);
    } finally {
      holder.classList.remove('busy');
    }
    return undefined;
  };

  const draw = () => {
    try {
      const problems = problemsOf(json);
      const card = new AdaptiveCard();
      card.hostConfig = new HostConfig(hostConfig);
      card.onExecuteAction = (action) => void press(action);
      mentioned = json.msteams?.entities ?? [];
      card.parse(json);
      const drawn = card.render();
      holder.replaceChildren(
        ...(drawn === undefined ? [] : [drawn]),
        ...(problems.length > 0 ? [errorBlock(problems)] : []),
      );
    } catch (error) {
      holder.replaceChildren(errorBlock([error.message]));
    }
  };
  draw();
  return frame;
};
