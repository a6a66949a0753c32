const foreground = (dark, subtle) => ({ default: dark, subtle });
const foregroundColors = {
  default: foreground('#242424', '#616161'),
  dark: foreground('#242424', '#616161'),
  light: foreground('#ffffff', '#f0f0f0'),
  accent: foreground('#5b5fc7', '#7579eb'),
  good: foreground('#13700f', '#107c10'),
  warning: foreground('#8f4e00', '#835b00'),
  attention: foreground('#b10e1c', '#c4314b'),
};
const style = (backgroundColor) => ({ backgroundColor, foregroundColors });
const title = (weight, size, color = 'default') => ({ weight, size, color, isSubtle: false, wrap: true });

/** How Teams (light theme) draws cards. */
export const hostConfig = {
  fontFamily:
    '"Segoe UI Variable", "Segoe UI", -apple-system, BlinkMacSystemFont, "Open Sans", "Helvetica Neue", sans-serif',
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  imageSet: { imageSize: 'medium', maxImageHeight: 100 },
  containerStyles: {
    default: style('#ffffff'),
    emphasis: style('#f5f5f5'),
    accent: style('#e8ebfa'),
    good: style('#e7f2da'),
    warning: style('#fbf0d9'),
    attention: style('#fcf0f1'),
  },
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
  table: { cellSpacing: 8 },
};
