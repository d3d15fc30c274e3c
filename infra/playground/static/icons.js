// Line icons, drawn here so that nothing is fetched and every machine shows the same. 20 x 20, in the text's colour.

const NAMESPACE = "http://www.w3.org/2000/svg";

const PATHS = {
  attach: "M13.5 6.5 7.7 12.3a1.8 1.8 0 0 0 2.6 2.6l6-6a3.6 3.6 0 0 0-5.1-5.1l-6 6a5.4 5.4 0 0 0 7.6 7.6l4.2-4.2",
  back: "M12 4.5 6.5 10l5.5 5.5",
  basket: "M3 8h14l-1.5 8.5h-11L3 8Zm3.5 0L9 3.5M13.5 8 11 3.5",
  bell: "M5 8.5a5 5 0 0 1 10 0c0 4 1.5 5 1.5 5h-13S5 12.5 5 8.5ZM8.5 16a1.6 1.6 0 0 0 3 0",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  close: "m5 5 10 10M15 5 5 15",
  down: "m5.5 8 4.5 4.5L14.5 8",
  download: "M10 3.5v9m-3.5-3.5 3.5 3.5L13.5 9M4 16.5h12",
  edit: "m12.5 4.5 3 3L7 16l-3.8.8L4 13l8.5-8.5Z",
  file: "M5.5 2.5h6l3.5 3.5v11.5h-9.5v-15ZM11.5 2.5V6H15",
  hash: "M7.5 3.5 6 16.5M14 3.5l-1.5 13M4 7.5h13M3 12.5h13",
  inbox: "M3 11.5 5 4h10l2 7.5V16H3v-4.5Zm0 0h4l1 2h4l1-2h4",
  mail: "M3 5h14v10.5H3V5Zm0 .7 7 5.3 7-5.3",
  more: "M4.6 10v.01M10 10v.01M15.4 10v.01",
  minus: "M5 10h10",
  moon: "M16 12.2A6.7 6.7 0 0 1 7.8 4a6.7 6.7 0 1 0 8.2 8.2Z",
  person: "M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3.8 17c.6-3.3 3-5 6.2-5s5.6 1.7 6.2 5",
  phone: "M6.5 2.5h7v15h-7v-15ZM9 15h2",
  pin: "M10 17.5s5.5-5 5.5-9a5.5 5.5 0 0 0-11 0c0 4 5.5 9 5.5 9ZM10 10.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z",
  plus: "M10 5v10M5 10h10",
  pulse: "M2.5 10h3.5l2-5.5 4 11 2-5.5h3.5",
  reply: "M8 5 3.5 9.5 8 14M4 9.5h7.5a5 5 0 0 1 5 5v1",
  send: "M3.5 10 17 4l-4.5 13-3-5.5L3.5 10Zm6 1.5L17 4",
  smile: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7.2 11.5c.6 1.3 1.6 2 2.8 2s2.2-.7 2.8-2M7.7 8v.01M12.3 8v.01",
  sun: "M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M15.3 4.7l-1 1M5.7 14.3l-1 1",
  thread: "M4 4.5h12v8.5H9.5L6 16v-3H4V4.5ZM7 7.5h6M7 10h4",
  trash: "M4 5.5h12M8 5.5v-2h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5",
  up: "M10 16V4.5M5 9l5-4.7L15 9",
  warning: "M10 3.5 17.5 16.5h-15L10 3.5ZM10 8.5v3.5M10 14.2v.01",
};

/** A shape made of `[tag, attributes]` pairs, hidden from screen readers: its button carries the name. */
export function drawing(shapes, props) {
  const svg = document.createElementNS(NAMESPACE, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 20 20", "aria-hidden": "true", ...props }))
    svg.setAttribute(name, value);
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(NAMESPACE, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

export const icon = (name) => drawing([["path", { d: PATHS[name] }]], { class: "icon" });
