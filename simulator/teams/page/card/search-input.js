import { element } from '../dom.js';

const { ChoiceSetInput, GlobalRegistry } = AdaptiveCards;
const pauseMs = 250;

let lists = 0;
let search = async () => ({ found: undefined });
/** How fields with a search on the cards that are drawn from now on ask for what somebody types. */
export const searchingFor = (ask) => {
  search = ask;
};

/** A choice set with a search and several choices, as Teams has it: Microsoft's renderer knows only one choice there. */
class SearchInput extends ChoiceSetInput {
  internalParse(source, context) {
    super.internalParse(source, context);
    this.isSearch = source['choices.data']?.type === 'Data.Query' && source.isMultiSelect === true;
    this.ask = search;
  }

  internalRender() {
    if (!this.isSearch) return super.internalRender();
    const before = (this.defaultValue ?? '').split(',').filter(Boolean);
    this.chosen = this.choices.filter(({ value }) => before.includes(value));
    this.chips = element('div', { class: 'search-chosen' });
    const listId = `found-${(lists += 1)}`;
    const label = this.label ?? '';
    this.list = element('ul', { class: 'search-found', id: listId, role: 'listbox', 'aria-label': label });
    this.box = element('input', {
      type: 'text',
      class: 'ac-input ac-textInput',
      role: 'combobox',
      'aria-label': label,
      'aria-controls': listId,
      'aria-expanded': 'false',
      placeholder: this.placeholder ?? '',
      oninput: () => this.later(),
      onfocus: () => this.later(0),
      onblur: () => setTimeout(() => this.fill(), 200),
    });
    this.show();
    return element('div', { class: 'search-input' }, this.chips, this.box, this.list);
  }

  later(ms = pauseMs) {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.look(this.box.value), ms);
  }

  async look(text) {
    const { found } = await this.ask(this.id, text);
    if (text !== this.box.value) return;
    const lines = found ?? [];
    this.fill(
      ...lines.map((choice) => element('li', { role: 'option', onmousedown: () => this.choose(choice) }, choice.title)),
      ...(lines.length === 0 ? [element('li', { class: 'search-nothing' }, 'No results')] : []),
    );
  }

  fill(...lines) {
    this.list.replaceChildren(...lines);
    this.box.setAttribute('aria-expanded', String(lines.length > 0));
  }

  choose(choice) {
    window.clearTimeout(this.waiting);
    if (!this.chosen.some(({ value }) => value === choice.value)) this.chosen.push(choice);
    this.box.value = '';
    this.fill();
    this.show();
  }

  show() {
    this.chips.replaceChildren(
      ...this.chosen.map(({ title, value }) =>
        element(
          'button',
          {
            type: 'button',
            class: 'search-chip',
            'aria-label': `Remove ${title}`,
            onclick: () => {
              this.chosen = this.chosen.filter((each) => each.value !== value);
              this.show();
            },
          },
          `${title} ×`,
        ),
      ),
    );
  }

  internalValidateProperties(context) {
    if (!this.isSearch) super.internalValidateProperties(context);
  }

  isSet() {
    return this.isSearch ? this.chosen.length > 0 : super.isSet();
  }

  get value() {
    return this.isSearch ? (this.chosen ?? []).map(({ value }) => value).join(',') : super.value;
  }
}

GlobalRegistry.elements.register('Input.ChoiceSet', SearchInput);
