// Building the widget's elements. Texts enter through text nodes and attributes only: no markup is ever parsed.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  chat: ["M4 5.5h16v11H11l-4.5 4v-4H4z"],
  close: ["M5.5 5.5l13 13M18.5 5.5l-13 13"],
  send: ["M4 12l16-7.5-5 16-3.5-6.5zM11.5 14L20 4.5"],
  attach: [
    "M19.5 11.5l-7.8 7.8a4.6 4.6 0 01-6.5-6.5l8.3-8.3a3.1 3.1 0 014.4 4.4l-8.2 8.2a1.5 1.5 0 01-2.2-2.2l7.3-7.2",
  ],
  file: ["M7 3.5h7l4 4v13H7zM14 3.5v4h4"],
  picture: ["M4 5h16v14H4zM4 16l5-5 4 4 3-2.5 4 3.5M15.5 9h.01"],
  sound: ["M12 4a5 5 0 015 5v4l2 3.5H5L7 13V9a5 5 0 015-5zM10 19.5h4"],
  silent: ["M12 4a5 5 0 015 5v4l2 3.5H5L7 13V9a5 5 0 015-5zM10 19.5h4M4 3.5l16.5 17"],
  down: ["M5.5 9l6.5 6.5L18.5 9"],
};

/**
 * An element. Attributes, and besides: `on` (listeners), `testid`, `class`. A value of null or false is left out. So are
 * such children.
 */
export function h(tag, { on = {}, testid, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener);
  if (testid) element.dataset.testid = testid;
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

/** A button with a picture alone; `label` is its name. */
export function iconButton(picture, { label, ...attributes }, ...children) {
  return h("button", { type: "button", "aria-label": label, title: label, ...attributes }, icon(picture), ...children);
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/** Writes only what has changed, so that nothing is announced or selected anew. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The text's parts, with web addresses as links. */
export function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'»])/)
    .map((part, place) => (place % 2 ? link(part, part) : part));
}

export function link(address, ...children) {
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, ...children);
}

/** Whether this is the address of a page: what else a browser would follow (javascript:, data:) is not. */
export const isPage = (address) => /^https?:\/\//.test(address ?? "");
