// The shop's colour, and what can be read on it: contrast as WCAG 2.2 counts it (1.4.3).

const READABLE = 4.5;
const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];
const INK = [26, 28, 33];
// The widget's own surfaces on which the shop's colour is hardest to read: --sunken in the light, --paper in the dark.
const PAPER = { light: [244, 245, 247], dark: [30, 32, 37] };

/**
 * What the style sheet needs of the shop's colour. `fill` is it; `onFill` is read on it; `inkLight` and `inkDark` are
 * it again, changed as little as it takes to be read on the light and on the dark surface.
 */
export function palette(fill) {
  return {
    fill: css(fill),
    onFill: css(contrast(fill, WHITE) >= READABLE ? WHITE : legible(fill, [INK, BLACK, WHITE])),
    inkLight: css(towards(fill, BLACK, PAPER.light)),
    inkDark: css(towards(fill, WHITE, PAPER.dark)),
  };
}

/**
 * The colour that a text means to this page, as three numbers up to 255: any CSS colour, or the name of a custom
 * property, such as `--brand`. Null where it is none.
 */
export function readColor(text, probe) {
  const value = text.startsWith("--") ? getComputedStyle(probe).getPropertyValue(text).trim() : text.trim();
  if (!value || !CSS.supports("color", value)) return null;
  // Mixed with itself, every notation becomes color(srgb r g b).
  probe.style.color = `color-mix(in srgb, ${value}, ${value})`;
  const parts = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(getComputedStyle(probe).color);
  probe.style.color = "";
  return parts && parts.slice(1).map((part) => Math.round(Math.min(Math.max(Number(part), 0), 1) * 255));
}

export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const legible = (fill, inks) => inks.find((ink) => contrast(fill, ink) >= READABLE);

function towards(color, end, paper) {
  for (let part = 0; part < 1; part += 0.05) {
    const mixed = color.map((channel, i) => Math.round(channel + (end[i] - channel) * part));
    if (contrast(mixed, paper) >= READABLE) return mixed;
  }
  return end;
}

function luminance(color) {
  const [red, green, blue] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const css = (color) => `rgb(${color.join(" ")})`;
