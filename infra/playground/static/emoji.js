// Emoji by shortcode. Those that the desk uses are drawn here, so that they look alike everywhere, also on a machine
// without an emoji font; the others are left to the system.

import { h } from "./dom.js";
import { DRAWN } from "./emoji-art.js";
import { drawing } from "./icons.js";

const CHARACTERS = {
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  eyes: "👀",
  hourglass_flowing_sand: "⏳",
  hourglass: "⌛",
  warning: "⚠️",
  x: "❌",
  envelope: "✉️",
  email: "📧",
  incoming_envelope: "📨",
  iphone: "📱",
  green_heart: "💚",
  speech_balloon: "💬",
  lock: "🔒",
  memo: "📝",
  pencil2: "✏️",
  outbox_tray: "📤",
  inbox_tray: "📥",
  package: "📦",
  bust_in_silhouette: "👤",
  busts_in_silhouette: "👥",
  no_entry: "⛔",
  no_entry_sign: "🚫",
  paperclip: "📎",
  heart: "❤️",
  bell: "🔔",
  star: "⭐",
  question: "❓",
  grey_question: "❔",
  page_facing_up: "📄",
  information_source: "ℹ️",
  pushpin: "📌",
  arrows_counterclockwise: "🔄",
  large_green_circle: "🟢",
  white_circle: "⚪",
  large_yellow_circle: "🟡",
  large_blue_circle: "🔵",
  red_circle: "🔴",
  "+1": "👍",
  thumbsup: "👍",
  "-1": "👎",
  pray: "🙏",
  tada: "🎉",
  smile: "😄",
  slightly_smiling_face: "🙂",
  blush: "😊",
  wave: "👋",
  raised_hands: "🙌",
  clap: "👏",
  fire: "🔥",
  sparkles: "✨",
  rocket: "🚀",
  telephone_receiver: "📞",
  phone: "☎️",
  calendar: "📅",
  alarm_clock: "⏰",
  stopwatch: "⏱️",
  moneybag: "💰",
  truck: "🚚",
  gift: "🎁",
  link: "🔗",
  mag: "🔍",
  scissors: "✂️",
  wastebasket: "🗑️",
  shopping_trolley: "🛒",
  framed_picture: "🖼️",
  camera: "📷",
  leftwards_arrow_with_hook: "↩️",
  arrow_right: "➡️",
  arrow_up: "⬆️",
  no_bell: "🔕",
  robot_face: "🤖",
  house: "🏠",
  label: "🏷️",
};

const ALIASES = {
  mailbox_with_mail: "inbox_tray",
  "e-mail": "email",
  hourglass_done: "hourglass",
  love_letter: "envelope",
  mobile_phone: "iphone",
};
// A skin tone is written as a second shortcode behind the first (":wave::skin-tone-2:").
const plain = (name) => ALIASES[name] ?? name.replace(/::skin-tone-\d$/, "");

// The characters themselves, as Slack does: on the desk a picture looks the same however it was written. The variation
// selector behind some is optional.
const BY_CHARACTER = new Map(
  Object.keys(DRAWN)
    .filter((name) => name in CHARACTERS)
    .map((name) => [CHARACTERS[name].replace("\ufe0f", ""), name]),
);
const DRAWN_CHARACTER = new RegExp(`(${[...BY_CHARACTER.keys()].join("|")})\ufe0f?`, "u");

/** Text with those emoji characters that are drawn here as elements: an array of strings and elements. */
export function withDrawnEmoji(text) {
  return text
    .split(DRAWN_CHARACTER)
    .map((part) => (BY_CHARACTER.has(part) ? emojiElement(BY_CHARACTER.get(part)) : part))
    .filter((part) => part !== "");
}

/** What a person may react with here. */
export const PICKABLE = [
  "white_check_mark",
  "eyes",
  "heart",
  "+1",
  "pray",
  "tada",
  "raised_hands",
  "smile",
  "heavy_check_mark",
  "hourglass_flowing_sand",
  "warning",
  "x",
  "question",
  "star",
  "pushpin",
  "bell",
  "memo",
  "lock",
  "package",
  "envelope",
  "iphone",
  "speech_balloon",
  "bust_in_silhouette",
  "paperclip",
];

export const isEmoji = (name) => plain(name) in DRAWN || plain(name) in CHARACTERS;

/** The emoji as an element; an unknown shortcode stays as it is written, as in Slack. */
export function emojiElement(name) {
  const known = plain(name);
  const props = { class: "emoji", role: "img", "aria-label": `:${name}:`, title: `:${name}:` };
  if (known in DRAWN) return h("span", props, drawing(DRAWN[known], {}));
  if (known in CHARACTERS) return h("span", props, CHARACTERS[known]);
  return h("span", {}, `:${name}:`);
}
