const shades = (ink, subtle) => ({ default: ink, subtle });

/** The colours of words: those of light containers and those of dark ones. */
const lightInk = {
  default: shades('#ff252424', '#bf252424'),
  dark: shades('#252424', '#bf252424'),
  light: shades('#ffffff', '#fff3f2f1'),
  accent: shades('#6264a7', '#8b8cc7'),
  good: shades('#92c353', '#e592c353'),
  warning: shades('#f8d22a', '#e5f8d22a'),
  attention: shades('#c4314b', '#e5c4314b'),
};
const darkInk = {
  ...lightInk,
  default: shades('#ffffffff', '#bfffffff'),
  dark: shades('#ff201f1f', '#ff2d2c2c'),
  light: shades('#ffffffff', '#bfffffff'),
  accent: shades('#ffa6a7dc', '#ff8b8cc7'),
  attention: shades('#ffd74654', '#e5d74654'),
};
const contrastInk = {
  default: shades('#ffffff', '#ffffff'),
  dark: shades('#000000', '#000000'),
  light: shades('#ffffff', '#ffffff'),
  accent: shades('#1aebff', '#1aebff'),
  good: shades('#3ff23f', '#3ff23f'),
  warning: shades('#ffff00', '#ffff00'),
  attention: shades('#ff9a9a', '#ff9a9a'),
};

const container = (backgroundColor, borderColor, foregroundColors) => ({
  backgroundColor,
  borderColor,
  foregroundColors,
});
/** Dark themes draw coloured containers as light ones do, with the dark ink. */
const coloured = (ink) => ({
  accent: container('#C7DEF9', '#62A8F7', ink),
  good: container('#CCFFCC', '#69E569', ink),
  attention: container('#FFC5B2', '#FF764C', ink),
  warning: container('#FFE2B2', '#FFBC51', ink),
});
const black = (border) => container('#000000', border, contrastInk);

/**
 * The containers of a card and the words in them, by theme. Light and dark have the figures of the host configurations for Teams that
 * Microsoft publishes with Adaptive Cards, in which yellow and green words are as hard to read as they are in Teams; high contrast is ours.
 */
export const palettes = {
  light: {
    default: container('#ffffff', '#CCCCCC', lightInk),
    emphasis: container('#fff9f8f7', '#666666', lightInk),
    ...coloured(lightInk),
  },
  dark: {
    default: container('#ff2d2c2c', '#CCCCCC', darkInk),
    emphasis: container('#ff292828', '#666666', darkInk),
    ...coloured({ ...darkInk, default: shades('#ff201f1f', '#ff2d2c2c') }),
  },
  contrast: {
    default: black('#ffffff'),
    emphasis: black('#ffffff'),
    accent: black('#1aebff'),
    good: black('#3ff23f'),
    attention: black('#ff9a9a'),
    warning: black('#ffff00'),
  },
};
