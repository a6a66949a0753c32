import { element } from '../dom.js';

const { CardElement, GlobalRegistry } = AdaptiveCards;

/** A bar that fills, as Teams draws it; without a value it would move to and fro. */
class ProgressBar extends CardElement {
  getJsonTypeName() {
    return 'ProgressBar';
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.done = source.value;
    this.most = source.max ?? 100;
  }

  internalRender() {
    return element('progress', { class: 'progress', 'aria-label': 'Progress', max: this.most, value: this.done });
  }
}

GlobalRegistry.elements.register('ProgressBar', ProgressBar);
