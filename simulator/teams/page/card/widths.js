/** Narrower windows stand for phones, where another renderer of Teams draws cards. */
const phone = 700;

/** How wide cards are, from narrow to wide, with the pixels after which each begins: those of Teams' renderer for phones and of that for the desktop. */
const widths = () => [
  ['verynarrow', 0],
  ['narrow', 216],
  ['standard', window.innerWidth <= phone ? 413 : 345],
  ['wide', 500],
];
const rankOf = (name) => widths().findIndex(([each]) => each === name);
const rankAt = (pixels) => widths().findLastIndex(([, after]) => pixels > after);

/** A target width ("Wide", "atLeast:Narrow", "atMost:Standard") suits some widths of a card, in pixels; none suits all. */
const suits = (target, pixels) => {
  if (target === undefined) return true;
  const [bound, name = bound] = String(target).toLowerCase().split(':');
  const [own, wanted] = [rankAt(pixels), rankOf(name)];
  return bound === 'atleast' ? own >= wanted : bound === 'atmost' ? own <= wanted : own === wanted;
};

const itemsIn = (element) =>
  Array.from({ length: element.getItemCount?.() ?? 0 }, (_, index) => element.getItemAt(index));

const separatorOf = (element) => element.separatorElement ?? element._separatorElement;

const show = (node, shown) => {
  if (node === undefined || (shown && node.dataset.tooNarrow === undefined)) return;
  if (shown) delete node.dataset.tooNarrow;
  else node.dataset.tooNarrow = '';
};

const columnOf = (width) => (typeof width === 'number' ? `${width}%` : width);

/** Lays the items of a container out in areas, or one below the other where no layout suits the width. */
const layOut = (container, pixels) => {
  const node = container.renderedElement;
  const layout = container.getCustomProperty('layouts').find(({ targetWidth }) => suits(targetWidth, pixels));
  const areas = layout?.type === 'Layout.AreaGrid' ? layout.areas : [];
  node.classList.toggle('in-areas', areas.length > 0);
  const columns = Math.max(1, ...areas.map(({ column = 1, columnSpan = 1 }) => column + columnSpan - 1));
  const given = (layout?.columns ?? []).map(columnOf);
  node.style.gridTemplateColumns = Array.from({ length: columns }, (_, at) => given[at] ?? '1fr').join(' ');
  for (const item of itemsIn(container)) {
    const area = areas.find(({ name }) => name === item.getCustomProperty('grid.area'));
    if (item.renderedElement === undefined) continue;
    item.renderedElement.style.gridArea =
      area === undefined
        ? ''
        : `${area.row ?? 1} / ${area.column ?? 1} / span ${area.rowSpan ?? 1} / span ${area.columnSpan ?? 1}`;
  }
};

/** Draws of a card what is meant for its width, where Teams would put it. */
export const fitTo = (element, pixels) => {
  if (Array.isArray(element.getCustomProperty('layouts')) && element.renderedElement) layOut(element, pixels);
  for (const item of itemsIn(element)) {
    const shown = suits(item.getCustomProperty('targetWidth'), pixels);
    show(item.renderedElement, shown);
    show(separatorOf(item), shown);
    fitTo(item, pixels);
  }
};
