import { problemsOf } from './card-check.js';
import { cardHands } from './card-hands.js';
import './badge.js';
import './chart.js';
import './progress.js';
import { element } from '../dom.js';
import { hostConfigOf } from '../theme/host-config.js';
import { theme } from '../theme/theme.js';
import { escapeHtml, markdownToHtml, withMentions } from '../markdown.js';
import { searchingFor } from './search-input.js';
import { fitTo } from './widths.js';

const { AdaptiveCard, ExecuteAction, GlobalSettings, HostConfig, OpenUrlAction, SubmitAction } = AdaptiveCards;
GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;
GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true;
// Keeps what Teams knows beyond this renderer: `msteams` of a button, `layouts` and `targetWidth`.
GlobalSettings.enableFullJsonRoundTrip = true;

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

/** Draws a card whose buttons do what `hands` says. Answers with its frame, and how to say something below it. */
export const drawCardWith = (json, hands) => {
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

  const press = async (action) => {
    if (action instanceof OpenUrlAction) return openUrl(action.url);
    if (!(action instanceof SubmitAction || action instanceof ExecuteAction)) return undefined;
    holder.classList.add('busy');
    tell('');
    try {
      if (action instanceof ExecuteAction) await hands.execute(action, tell);
      else {
        await hands.submit(action.data ?? {}, tell, frame, action.getCustomProperty('msteams'));
        if (hands.isDialog !== true) draw();
      }
    } catch (error) {
      tell(`Something went wrong. Please try again. (${error.message})`, true);
    } finally {
      holder.classList.remove('busy');
    }
    return undefined;
  };

  let fit = () => {};
  new window.ResizeObserver(() => fit()).observe(frame);

  const draw = () => {
    try {
      const problems = problemsOf(json, hands.isDialog);
      const card = new AdaptiveCard();
      card.hostConfig = new HostConfig(hostConfigOf(theme));
      card.onExecuteAction = (action) => void press(action);
      mentioned = json.msteams?.entities ?? [];
      searchingFor(hands.search);
      card.parse(json);
      const drawn = card.render();
      holder.replaceChildren(
        ...(drawn === undefined ? [] : [drawn]),
        ...(problems.length > 0 ? [errorBlock(problems)] : []),
      );
      // The widths of Teams count what stands between the edges of the card.
      fit = () => fitTo(card, frame.clientWidth);
      fit();
    } catch (error) {
      holder.replaceChildren(errorBlock([error.message]));
    }
  };
  draw();
  return frame;
};

/** Draws one card of a message, and does what Teams does when its buttons are pressed. */
export const drawCard = (json, message, me) => drawCardWith(json, cardHands(message, me));
