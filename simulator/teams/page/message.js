import { drawCard } from './card/card.js';
import { avatar, element } from './dom.js';
import { messageAction } from './extension.js';
import { drawFile, isFile } from './file.js';
import { escapeHtml, markdownToHtml, withMentions } from './markdown.js';
import { dateAndTime, dayAndTime, timeOfDay } from './times.js';

const textHtml = ({ text, textFormat, entities }) =>
  withMentions(textFormat === 'markdown' ? markdownToHtml(text) : escapeHtml(text).replaceAll('\n', '<br>'), entities);

const content = (message, me) => {
  if (message.deleted) return [element('div', { class: 'bubble deleted' }, 'This message has been deleted.')];
  const others = message.attachments.filter(
    ({ contentType }) => contentType !== 'application/vnd.microsoft.card.adaptive',
  );
  return [
    message.text !== '' && element('div', { class: 'bubble', html: textHtml(message) }),
    message.cards.map((card) => drawCard(card, message, me)),
    others.map((attachment) =>
      isFile(attachment)
        ? drawFile(attachment, message, me)
        : element(
            'div',
            { class: 'card-problems', role: 'alert' },
            `This simulator cannot show the attachment ${attachment.name ?? attachment.contentType}.`,
          ),
    ),
    message.problem !== undefined && element('div', { class: 'card-note error', role: 'alert' }, message.problem),
  ];
};

/** One message with who said it and when; `continues` leaves that out for the next message of the same author. */
export const drawMessage = (message, me, continues = false) => {
  const own = message.from === me;
  const time = (message.threadId === undefined ? timeOfDay : dateAndTime)(message.at);
  const badge = message.from === 'bot' && element('span', { class: 'app-badge' }, 'App');
  const edited = message.version > 1 && !message.deleted && element('span', {}, 'Edited');
  const mentionsMe = message.mentioned?.includes(me) === true;
  const mark = mentionsMe && element('span', { class: 'mentions-me' }, '@ mentions you');
  const alone =
    message.onlyFor !== undefined && element('span', { class: 'only-for' }, 'Only you can see this message');
  const when = element('time', { datetime: message.at, title: dayAndTime(message.at) }, time);
  return element(
    'article',
    {
      class: `message ${own ? 'own' : ''} ${continues ? 'continues' : ''} ${message.importance === 'high' ? 'important' : ''}`,
      'data-message': message.id,
      'aria-label': `${message.author}, ${time}`,
    },
    element('div', { class: 'side' }, avatar(message.from, message.author)),
    element(
      'div',
      { class: 'said' },
      element(
        'div',
        { class: 'meta' },
        element('b', {}, message.author),
        badge,
        when,
        edited,
        mark,
        alone,
        messageAction(message, me),
      ),
      content(message, me),
    ),
  );
};
