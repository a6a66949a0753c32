import { element } from '../dom.js';
import { palettes } from './palettes.js';

const words = { light: 'Light', dark: 'Dark', contrast: 'High contrast' };
const known = (name) => (Object.hasOwn(palettes, name) ? name : undefined);

/** The theme of the page: `?theme=dark` in its address, otherwise the one chosen last in this browser. */
export const theme =
  known(new URLSearchParams(location.search).get('theme')) ?? known(window.localStorage.getItem('theme')) ?? 'light';
document.documentElement.dataset.theme = theme;

const choose = (name) => {
  window.localStorage.setItem('theme', name);
  const address = new window.URL(location.href);
  address.searchParams.delete('theme');
  location.assign(address);
};

/** Chooses the theme. The page is drawn anew, as cards keep the colours that they were drawn with. */
export const themeChoice = () =>
  element(
    'select',
    { 'aria-label': 'Theme', onchange: ({ target }) => choose(target.value) },
    Object.entries(words).map(([name, title]) => element('option', { value: name, selected: name === theme }, title)),
  );
