import { element } from '../dom.js';

const { CardElement, GlobalRegistry } = AdaptiveCards;

const colours = {
  good: '#428000',
  warning: '#e07d00',
  attention: '#c50f1f',
  neutral: '#9c9c9c',
  categoricalPurple: '#6f5bb5',
};

/** A bar for each value, as Teams draws them without an axis. */
class HorizontalBarChart extends CardElement {
  getJsonTypeName() {
    return 'Chart.HorizontalBar';
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.title = source.title ?? '';
    this.values = source.data ?? [];
  }

  internalRender() {
    const most = Math.max(1, ...this.values.map(({ y }) => y));
    const bar = ({ x, y, color }) =>
      element(
        'div',
        { class: 'chart-row' },
        element('span', {}, x),
        element('b', {}, String(y)),
        element('div', {
          class: 'chart-bar',
          style: `width:${(100 * y) / most}%;background:${colours[color] ?? '#5b5fc7'}`,
        }),
      );
    return element('div', { class: 'chart' }, this.title !== '' && element('b', {}, this.title), this.values.map(bar));
  }
}

GlobalRegistry.elements.register('Chart.HorizontalBar', HorizontalBarChart);
