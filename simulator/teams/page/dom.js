/** Makes an element; `on…` properties become listeners, `html` is trusted markup of our own, all other values are attributes. */
export const element = (tag, properties = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'html') node.innerHTML = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== false));
  return node;
};

const shapes = {
  send: '<path d="M3 3l15 7-15 7 2.3-7z"/><path d="M5.5 10H12"/>',
  back: '<path d="M12 4l-6 6 6 6"/>',
  mention: '<circle cx="10" cy="10" r="3"/><path d="M13 7v4.2a2 2 0 004 0V10a7 7 0 10-3 5.7"/>',
  reply: '<path d="M8 5L3 10l5 5"/><path d="M3 10h8a6 6 0 016 6"/>',
  close: '<path d="M5 5l10 10M15 5L5 15"/>',
  search: '<circle cx="9" cy="9" r="5.2"/><path d="M13 13l4 4"/>',
  hash: '<path d="M8 3L6 17M14 3l-2 14M3.5 7.5h13.5M3 12.5h13.5"/>',
  clock: '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.3l2.8 1.7"/>',
  chevron: '<path d="M5 8l5 5 5-5"/>',
  check: '<path d="M4 10.5l4 4 8-9"/>',
  chat: '<path d="M3 10a7 7 0 117 7H3.5L5 14.5A7 7 0 013 10z"/>',
  calendar: '<path d="M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5"/>',
  lock: '<path d="M5 9h10v7.5H5zM7 9V6.5a3 3 0 016 0V9"/>',
  shared:
    '<path d="M8.5 11.5l3-3M9 6l1.5-1.5a3.2 3.2 0 014.6 4.6L13.5 10.6M11 14l-1.5 1.5a3.2 3.2 0 01-4.6-4.6L6.5 9.4"/>',
  team: '<circle cx="7.5" cy="7" r="2.8"/><circle cx="14" cy="8" r="2.1"/><path d="M2.5 16c0-3 2.2-4.8 5-4.8s5 1.8 5 4.8zM13 12.2c2.7-.5 4.7 1.2 4.7 3.8h-3"/>',
};
export const icon = (name) =>
  element('span', {
    class: 'icon',
    'aria-hidden': 'true',
    html: `<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" stroke-linecap="round">${shapes[name]}</svg>`,
  });

/** The icon of a chat or channel of several people. */
export const placeIcon = ({ kind, isMeeting, channelType }) => {
  if (kind !== 'channel') return icon(isMeeting ? 'calendar' : 'team');
  return icon({ private: 'lock', shared: 'shared' }[channelType] ?? 'hash');
};

const avatarColours = [
  ['#ffddb0', '#8a3707'],
  ['#cce3f5', '#004377'],
  ['#d8efd3', '#0b5a08'],
  ['#f6d1d5', '#7a0b14'],
  ['#e6d6f2', '#4f2370'],
  ['#d0ebec', '#02494c'],
  ['#f9e2ae', '#6d4f00'],
];
const colourOf = (key) => avatarColours[key.charCodeAt(0) % avatarColours.length];

/** A person's initials on a colour of their own, or the bot's picture. */
export const avatar = (key, name) => {
  if (key === 'bot') return element('img', { class: 'avatar', src: '/page/bot.svg', alt: '' });
  const [background, colour] = colourOf(key);
  const initials = name
    .split(' ')
    .map((word) => word[0])
    .join('')
    .slice(0, 2);
  return element(
    'span',
    { class: 'avatar', 'aria-hidden': 'true', style: `background:${background};color:${colour}` },
    initials,
  );
};

export const toast = (text, kind = 'done') => {
  const note = element('div', { class: `toast ${kind}` }, text);
  document.querySelector('.toasts').append(note);
  setTimeout(() => note.remove(), 6000);
};
