import { avatar, element, icon, toast } from './dom.js';
import { faultChoice } from './faults.js';
import { post } from './requests.js';
import { themeChoice } from './theme/theme.js';
import { dayAndTime } from './times.js';

const steps = { '+1 day': 'P1D', '+7 days': 'P7D', '+30 days': 'P30D' };

/** The simulated clock and what can be done to the world. Returns how to set the clock. */
export const drawWorld = (target, state) => {
  const face = element('time', { 'aria-label': 'Simulated time' });
  let ahead = 0;
  const tick = () => {
    const now = new Date(Date.now() + ahead);
    face.dateTime = now.toISOString();
    face.textContent = dayAndTime(now);
  };
  const setClock = (now) => {
    ahead = new Date(now) - Date.now();
    tick();
  };
  const button = (title, path, body, done) => {
    const onclick = async () => {
      node.disabled = true;
      try {
        toast(done(await post(path, body)));
      } catch (error) {
        toast(error.message, 'failed');
      } finally {
        node.disabled = false;
      }
    };
    const node = element('button', { type: 'button', onclick }, title);
    return node;
  };
  const controls = [
    ...Object.entries(steps).map(([title, advance]) => [
      'POST /simulator/clock',
      title,
      { advance },
      () => `It is now ${face.textContent}.`,
    ]),
    [
      'POST /simulator/portal-exemption',
      'Exempt in the portal',
      {},
      ({ message }) => message ?? 'Somebody made an exemption in the Azure portal.',
    ],
  ].filter(([route]) => state.controls.includes(route));
  target.replaceChildren(
    element('span', { class: 'clock' }, icon('clock'), face),
    ...controls.map(([route, title, body, done]) => button(title, route.replace('POST ', ''), body, done)),
    faultChoice(state) ?? '',
    themeChoice(),
  );
  setClock(state.now);
  window.setInterval(tick, 5000);
  return setClock;
};

/** "You are: …", with everybody else to be instead. */
export const drawWho = (target, state) => {
  const me = state.people.find(({ key }) => key === state.me);
  const where = new URLSearchParams(location.search).get('in') ?? 'personal';
  const person = ({ key, name, part }) =>
    element(
      'a',
      {
        role: 'menuitemradio',
        'aria-checked': key === state.me ? 'true' : 'false',
        href: `?as=${key}&in=${encodeURIComponent(where)}`,
        'aria-label': name,
      },
      avatar(key, name),
      element('span', {}, element('b', {}, name), element('small', {}, part)),
      key === state.me && icon('check'),
    );
  const menu = element('div', { class: 'menu', role: 'menu', hidden: true }, state.people.map(person));
  const show = (visible) => {
    menu.hidden = !visible;
    button.setAttribute('aria-expanded', String(visible));
    if (visible) menu.querySelector('[aria-checked="true"]').focus();
  };
  const button = element(
    'button',
    {
      type: 'button',
      class: 'you',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': `You are: ${me.name}`,
      onclick: () => show(menu.hidden),
    },
    element('span', { class: 'you-are' }, element('span', {}, 'You are: '), element('b', {}, me.name)),
    avatar(me.key, me.name),
    icon('chevron'),
  );
  document.addEventListener('click', (event) => !target.contains(event.target) && show(false));
  target.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      show(false);
      button.focus();
    }
    const items = [...menu.children];
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move === undefined || menu.hidden) return;
    event.preventDefault();
    items[(items.indexOf(document.activeElement) + move + items.length) % items.length].focus();
  });
  target.replaceChildren(button, menu);
};
