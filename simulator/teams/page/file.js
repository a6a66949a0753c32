import { element } from './dom.js';
import { post } from './requests.js';

const types = {
  'application/vnd.microsoft.teams.card.file.consent': 'offer',
  'application/vnd.microsoft.teams.card.file.info': 'stored',
};

export const isFile = ({ contentType }) => types[contentType] !== undefined;

const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1024)} KB`);

const drawOffer = ({ name, content }, message, me) => {
  const note = element('div', { class: 'card-note', role: 'status' });
  const answer = (answered) => async () => {
    buttons.forEach((button) => (button.disabled = true));
    try {
      await post('/page-data/file', { as: me, message: message.id, answer: answered });
    } catch (error) {
      note.className = 'card-note error';
      note.textContent = `Something went wrong. Please try again. (${error.message})`;
      buttons.forEach((button) => (button.disabled = false));
    }
  };
  const button = (title, answered) =>
    element('button', { type: 'button', class: `file-button ${answered}`, onclick: answer(answered) }, title);
  const buttons = [button('Allow', 'accept'), button('Decline', 'decline')];
  return element(
    'div',
    { class: 'file-card' },
    element('p', {}, `${message.author} needs permission to upload this file to your OneDrive.`),
    element('b', {}, name),
    element('p', { class: 'file-about' }, `${content.description} (${sizeOf(content.sizeInBytes)})`),
    element('div', { class: 'file-buttons' }, buttons),
    note,
  );
};

const drawStored = ({ name, contentUrl, content }) =>
  element(
    'div',
    { class: 'file-card stored' },
    element('span', { class: 'file-type', 'aria-hidden': 'true' }, content.fileType),
    element('a', { href: /^https?:/.test(contentUrl) ? contentUrl : '#', download: name }, name),
  );

/** The offer of a file with its two answers, or the file itself with a link to it. */
export const drawFile = (attachment, message, me) =>
  (types[attachment.contentType] === 'offer' ? drawOffer : drawStored)(attachment, message, me);
