import { element } from '../dom.js';

const { CardElement, GlobalRegistry } = AdaptiveCards;
const known = ['default', 'subtle', 'informative', 'accent', 'good', 'attention', 'warning'];

/** A word on a coloured ground, as Teams draws it: on one line, never Markdown. */
class Badge extends CardElement {
  getJsonTypeName() {
    return 'Badge';
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.text = source.text ?? '';
    this.look = known.find((style) => style === String(source.style ?? '').toLowerCase()) ?? 'default';
  }

  internalRender() {
    return element('span', { class: `badge ${this.look}` }, this.text);
  }
}

GlobalRegistry.elements.register('Badge', Badge);
