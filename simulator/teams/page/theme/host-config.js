import { palettes } from './palettes.js';

const title = (weight, size, color = 'default') => ({ weight, size, color, isSubtle: false, wrap: true });

/** How Teams draws cards in a theme. */
export const hostConfigOf = (theme) => ({
  fontFamily:
    '"Segoe UI Variable", "Segoe UI", -apple-system, BlinkMacSystemFont, "Open Sans", "Helvetica Neue", sans-serif',
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: theme === 'light' ? '#e0e0e0' : '#707070' },
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  imageSet: { imageSize: 'medium', maxImageHeight: 100 },
  containerStyles: palettes[theme],
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
    preExpandSingleShowCardAction: false,
  },
  adaptiveCard: { allowCustomStyle: true },
  factSet: {
    title: { ...title('bolder', 'default'), maxWidth: 160 },
    value: { ...title('default', 'default') },
    spacing: 16,
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { ...title('default', 'small'), suffix: ' *', suffixColor: 'attention' },
      optionalInputs: title('default', 'small'),
    },
    errorMessage: { size: 'small', color: 'attention', spacing: 'small', weight: 'default' },
  },
  textStyles: {
    heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false, fontType: 'default' },
    columnHeader: { size: 'default', weight: 'bolder', color: 'default', isSubtle: false, fontType: 'default' },
  },
  // Headings of cards stand below that of the chat.
  textBlock: { headingLevel: 2 },
  table: { cellSpacing: 8 },
});
