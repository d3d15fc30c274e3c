// The emoji that the desk uses, drawn: shortcode -> the shapes of a 20 x 20 picture, in order.

const path = (d, fill, more = {}) => ["path", { d, fill, ...more }];
const line = (d, stroke, width = 1.4) => [
  "path",
  { d, stroke, fill: "none", "stroke-width": width, "stroke-linecap": "round", "stroke-linejoin": "round" },
];
const disc = (cx, cy, r, fill) => ["circle", { cx, cy, r, fill }];
const oval = (cx, cy, rx, ry, fill) => ["ellipse", { cx, cy, rx, ry, fill }];
const box = (x, y, width, height, rx, fill) => ["rect", { x, y, width, height, rx, fill }];

const ENVELOPE = [
  box(1.5, 4, 17, 12.5, 1.8, "#dfe7f1"),
  line("m2.3 5 7.7 6.3L17.7 5", "#7d93ad"),
  line("m2.5 15.7 5.5-5.5m9.5 5.5L12 10.2", "#a9bace", 1),
];
const PAGE = [box(3, 2, 12.5, 16, 1.5, "#f2ead9"), line("M5.5 6h7.5M5.5 9h7.5M5.5 12h4", "#a8977a", 1.2)];
const PENCIL = [
  path("m9 15.8.8-2.8 6.4-6.5 2 2-6.4 6.5-2.8.8Z", "#e9a93a"),
  path("m9 15.8.8-2.8 2 2-2.8.8Z", "#5b4a33"),
];
const TRAY = [
  path("M2 11h4.5l1.2 2.5h4.6l1.2-2.5H18v5.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 2 16.5V11Z", "#8fa3ba"),
];
const SAND = [
  path("M4.5 2h11v1.8h-11zM4.5 16.2h11V18h-11z", "#a8742c"),
  path("M6 3.8h8c0 3-1.5 4.5-2.8 6.2C12.5 11.7 14 13.2 14 16.2H6c0-3 1.5-4.5 2.8-6.2C7.5 8.3 6 6.8 6 3.8Z", "#dbe8f2"),
];
const BELL = [
  path("M10 2.5c3.3 0 5.3 2.3 5.3 5.5 0 4.5 1.7 5 1.7 6.5H3c0-1.5 1.7-2 1.7-6.5 0-3.2 2-5.5 5.3-5.5Z", "#f0b73d"),
  disc(10, 16.3, 1.8, "#c98a1b"),
];
const HEART = [
  path(
    "M10 17.3C4.5 13.2 2 10.3 2 7.2 2 4.8 3.8 3.2 6 3.2c1.7 0 3.2 1 4 2.5.8-1.5 2.3-2.5 4-2.5 2.2 0 4 1.6 4 4 0 3.1-2.5 6-8 10.1Z",
    "#dd3b4f",
  ),
];

const asking = (colour) => [
  line("M6.8 6.5c.2-2 1.5-3.2 3.4-3.2s3.3 1.2 3.3 3c0 2.6-3.4 2.7-3.4 5.4", colour, 2.4),
  disc(10.1, 15.8, 1.6, colour),
];

export const DRAWN = {
  white_check_mark: [box(1.5, 1.5, 17, 17, 3.5, "#3a9d55"), line("m5.5 10.3 3.2 3.3 6-7", "#fff", 2.2)],
  heavy_check_mark: [line("m3.5 10.8 4.3 4.5 8.7-10.5", "#3a9d55", 3)],
  eyes: [
    oval(6, 10, 4.2, 6, "#fff"),
    oval(14, 10, 4.2, 6, "#fff"),
    line("M6 4a4.2 6 0 1 0 .01 0ZM14 4a4.2 6 0 1 0 .01 0Z", "#8d97a3", 0.9),
    oval(5, 10.8, 2, 3, "#2c3138"),
    oval(13, 10.8, 2, 3, "#2c3138"),
  ],
  hourglass_flowing_sand: [
    ...SAND,
    path("M7.5 6h5c-.5 1.6-1.5 2.7-2.5 4-1-1.3-2-2.4-2.5-4ZM7 15.5c.3-1.5 1.5-2 3-3 1.5 1 2.7 1.5 3 3H7Z", "#e9b04a"),
  ],
  hourglass: [...SAND, path("M6.8 15.8c.3-2 1.7-3 3.2-4 1.5 1 2.9 2 3.2 4H6.8Z", "#e9b04a")],
  warning: [
    path(
      "M10 1.8c.6 0 1 .3 1.3.8l7.3 13c.6 1.1-.1 2.3-1.3 2.3H2.7c-1.2 0-1.9-1.2-1.3-2.3l7.3-13c.3-.5.7-.8 1.3-.8Z",
      "#f2b632",
    ),
    line("M10 7.2v4.8", "#3b3425", 2.2),
    disc(10, 15.1, 1.3, "#3b3425"),
  ],
  x: [line("m4.2 4.2 11.6 11.6M15.8 4.2 4.2 15.8", "#d6404b", 3.2)],
  envelope: ENVELOPE,
  incoming_envelope: [...ENVELOPE, line("M1 8h5M1 11h4M1 14h5", "#2f6fc0", 1.2)],
  email: [...ENVELOPE, disc(14.8, 14.6, 3.8, "#2f6fc0"), line("M13.3 14.6h3M14.8 13.1v3", "#fff", 1.2)],
  green_heart: [
    path(
      "M10 17.2S2.2 12.4 2.2 7.3a4.2 4.2 0 0 1 7.8-2.2 4.2 4.2 0 0 1 7.8 2.2c0 5.1-7.8 9.9-7.8 9.9Z",
      "#2f9e5b",
    ),
  ],
  telephone_receiver: [
    line("M5 4.5c-1.2 4.8 5.7 11.7 10.5 10.5", "#c8453c", 3.4),
    line("m4.2 6.6 2.4-2.4M13.4 15.8l2.4-2.4", "#c8453c", 4.6),
  ],
  iphone: [box(5, 1, 10, 18, 2.2, "#39424e"), box(6.2, 3, 7.6, 13, 0.6, "#9cc6ee"), disc(10, 17.5, 0.7, "#c9d2dc")],
  speech_balloon: [
    path(
      "M10 2.5c4.7 0 8.5 3 8.5 6.7s-3.8 6.7-8.5 6.7c-.9 0-1.7-.1-2.5-.3L3.8 18l.6-3.9c-1.8-1.2-2.9-3-2.9-4.9C1.5 5.5 5.3 2.5 10 2.5Z",
      "#cfdceb",
    ),
    disc(6.3, 9.3, 1.1, "#6f8299"),
    disc(10, 9.3, 1.1, "#6f8299"),
    disc(13.7, 9.3, 1.1, "#6f8299"),
  ],
  lock: [
    line("M6.2 9V6.3a3.8 3.8 0 0 1 7.6 0V9", "#8f9aa6", 2),
    box(3.8, 8.5, 12.4, 9.7, 1.8, "#eeb23c"),
    path("M10 11.5a1.3 1.3 0 0 1 .7 2.4v1.8H9.3v-1.8a1.3 1.3 0 0 1 .7-2.4Z", "#6b4c12"),
  ],
  memo: [...PAGE, ...PENCIL],
  pencil2: [...PENCIL, line("M3.5 17.8h13", "#8f9aa6", 1.4)],
  outbox_tray: [...TRAY, line("M10 10.8V3M6.8 5.8 10 2.7l3.2 3.1", "#3a9d55", 2)],
  inbox_tray: [...TRAY, line("M10 2.5v7.8M6.8 7.5l3.2 3.1 3.2-3.1", "#2f6fc0", 2)],
  package: [
    path("m10 1.5 8 3.8v9.4l-8 3.8-8-3.8V5.3l8-3.8Z", "#c48a4e"),
    path("m10 9.3 8-4v9.4l-8 3.8V9.3Z", "#a66f37"),
    path("m2 5.3 8 4 8-4-8-3.8-8 3.8Z", "#dba96d"),
    path("m5.7 3.6 8 4v2.6l2.3-1.1V6.5l-8-4-2.3 1.1Z", "#f0d9b5"),
  ],
  bust_in_silhouette: [
    disc(10, 6.5, 4.2, "#6f86a3"),
    path("M2.5 18c.3-4.3 3.3-6.5 7.5-6.5s7.2 2.2 7.5 6.5h-15Z", "#6f86a3"),
  ],
  busts_in_silhouette: [
    disc(7, 7, 3.5, "#6f86a3"),
    disc(14, 7.5, 3, "#92a5bd"),
    path("M10 17.5c.5-3.5 1.5-5.3 4-5.3 3 0 4.8 1.8 5 5.3h-9Z", "#92a5bd"),
    path("M.8 17.5c.2-4 2.5-6 6.2-6s6 2 6.2 6H.8Z", "#6f86a3"),
  ],
  no_entry: [disc(10, 10, 8.7, "#d6404b"), box(4.5, 8.2, 11, 3.6, 0.8, "#fff")],
  no_entry_sign: [["circle", { cx: 10, cy: 10, r: 7.3, fill: "none", stroke: "#d6404b", "stroke-width": 2.6 }], line("m4.9 4.9 10.2 10.2", "#d6404b", 2.6)],
  paperclip: [
    line(
      "M13.8 6 8 11.8a1.8 1.8 0 0 0 2.6 2.6l6-6a3.6 3.6 0 0 0-5.1-5.1l-6.3 6.3a5.4 5.4 0 0 0 7.6 7.6l3.7-3.7",
      "#8592a1",
      1.7,
    ),
  ],
  heart: HEART,
  bell: BELL,
  star: [path("m10 1.8 2.5 5.3 5.8.8-4.2 4 1 5.8L10 15l-5.1 2.7 1-5.8-4.2-4 5.8-.8L10 1.8Z", "#f2b632")],
  question: asking("#d6404b"),
  grey_question: asking("#98a5b3"),
  pushpin: [
    line("m6.5 13.5-4 4.5", "#8592a1", 1.6),
    path("m11.5 2 6.5 6.5-1.7.8-2.3 2.3.3 3.4-1.4 1.4-8.5-8.5 1.4-1.4 3.4.3 2.3-2.3.8-1.7Z", "#d6404b"),
  ],
  arrows_counterclockwise: [
    line("M4 9a6.2 6.2 0 0 1 10.8-3M16 11A6.2 6.2 0 0 1 5.2 14", "#2f6fc0", 2.2),
    path("M16.5 2.5v5h-5l5-5ZM3.5 17.5v-5h5l-5 5Z", "#2f6fc0"),
  ],
  wastebasket: [
    path("M4.5 6h11l-1 11.2a1 1 0 0 1-1 .8h-7a1 1 0 0 1-1-.8L4.5 6Z", "#a9b6c4"),
    box(3, 3.6, 14, 2.4, 1, "#7f8fa1"),
    line("M8 9v6M12 9v6", "#7f8fa1", 1.3),
    line("M8 3.5V2h4v1.5", "#7f8fa1", 1.3),
  ],
  robot_face: [
    box(2.5, 5.5, 15, 12, 3, "#9fb3c8"),
    disc(7, 10.5, 1.7, "#2c3138"),
    disc(13, 10.5, 1.7, "#2c3138"),
    line("M7 14.5h6", "#2c3138", 1.5),
    line("M10 5.5V2.5", "#7f93aa", 1.6),
    disc(10, 2.2, 1.4, "#d6404b"),
  ],
  page_facing_up: [
    path("M4 1.5h8l4.5 4.5v12.5H4Z", "#eef2f7"),
    path("M12 1.5 16.5 6H12Z", "#b9c6d6"),
    line("M6.5 9h7M6.5 12h7M6.5 15h4.5", "#8fa3ba", 1.2),
  ],
  information_source: [
    box(1.5, 1.5, 17, 17, 3.5, "#2f6fc0"),
    disc(10, 5.7, 1.4, "#fff"),
    line("M8.2 9.2H10v5.5m-2 0h4", "#fff", 2),
  ],
  "+1": [
    path("M7 9.2 10.2 2c1.5 0 2.3 1 2.1 2.5L11.8 8h4.3c1.2 0 2 1 1.8 2.2l-1 5.8c-.2 1-1 1.7-2 1.7H7V9.2Z", "#f3bd4b"),
    box(2, 9, 4, 9, 1, "#e0a030"),
  ],
  large_green_circle: [disc(10, 10, 8, "#3a9d55")],
  large_yellow_circle: [disc(10, 10, 8, "#f2b632")],
  large_blue_circle: [disc(10, 10, 8, "#2f6fc0")],
  red_circle: [disc(10, 10, 8, "#d6404b")],
  white_circle: [disc(10, 10, 8, "#cfd6de")],
};
