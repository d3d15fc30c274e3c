// One message, in a channel or in a thread.

import { sameDay, timeElement } from "../dates.js";
import { button, h } from "../dom.js";
import { emojiElement, PICKABLE } from "../emoji.js";
import { fileView } from "../files.js";
import { icon } from "../icons.js";
import { appAvatar, avatar, emojiAvatar } from "../people.js";
import { phrase } from "../phrases.js";
import { look } from "../state.js";
import { drawBlocks } from "./blocks.js";
import {
  currentAgent,
  edit,
  nameOf,
  names,
  openThread,
  press,
  react,
  remove,
  userNamed,
  waitingAt,
  waits,
} from "./desk.js";
import { mrkdwn, typedAgain } from "./mrkdwn.js";
import { agreed, deleteQuestion, openMenu } from "./overlay.js";
import { sendOnEnter } from "../keyboard.js";

let editing = null; // ts of the message that this person is editing

const BURST_GAP = 300; // seconds within which one person's next message goes without face and name

export const authorName = (message) =>
  message.username || nameOf(userNamed(message.user)) || phrase("slack.unknownUser");
const authorKey = (message) => `${message.user} ${message.username} ${message.bot_id}`;
const isBot = (message) => Boolean(message.bot_id || userNamed(message.user)?.is_bot);
const isOwn = (message) => message.user === currentAgent().id && !message.bot_id;

export function authorFace(message) {
  const local =
    message.icon_url &&
    URL.canParse(message.icon_url, location.href) &&
    new URL(message.icon_url, location.href).origin === location.origin;
  if (local) return h("img", { class: "avatar", src: message.icon_url, alt: "" });
  if (message.icon_emoji) return emojiAvatar(message.icon_emoji, authorName(message));
  if (message.username) return avatar(message.username);
  return isBot(message) ? appAvatar() : avatar(authorName(message), { colour: userNamed(message.user)?.color });
}

/**
 * Messages as `patchList` takes them: each with everything that its drawing depends on. `summary(message)` gives what
 * is shown of a message's thread, or null. `root` is the message above, in a thread: its day needs no divider again.
 */
export function messageItems(messages, { summary = () => null, root = null } = {}) {
  return messages.map((message, at) => {
    const before = messages[at - 1];
    const last = before ?? root;
    const newDay = !last || !sameDay(last.date, message.date);
    const close =
      Boolean(before) &&
      !newDay &&
      authorKey(before) === authorKey(message) &&
      message.date - before.date < BURST_GAP &&
      !message.ephemeral_to &&
      !before.ephemeral_to &&
      !summary(before);
    // While a message is being edited nothing else about it counts: what is typed must not be lost to a reaction.
    if (editing === message.ts) return { message: { ts: message.ts }, whole: message, editing: true, newDay };
    return {
      message,
      newDay,
      close,
      thread: summary(message),
      waiting: waitingAt(message),
      own: isOwn(message),
      me: currentAgent().id,
    };
  });
}

/** How `patchList` draws them. */
export const messageList = {
  key: ({ message }) => message.ts,
  signature: ({ whole, ...rest }) => JSON.stringify(rest),
  build: messageItem,
};

function messageItem(item) {
  const message = item.whole ?? item.message;
  if (message.subtype === "tombstone") return tombstone(item, message);
  const classes = [
    "slack-message",
    item.close && "close",
    message.ephemeral_to && "ephemeral",
    item.editing && "editing",
  ]
    .filter(Boolean)
    .join(" ");
  const row = h(
    "div",
    { class: classes, testid: "slack-message", data: { ts: message.ts, author: authorName(message) } },
    h(
      "div",
      { class: "message-gutter" },
      item.close ? timeElement("clock", message.date, { class: "message-clock" }) : authorFace(message),
    ),
    h(
      "div",
      { class: "message-body" },
      !item.close && head(message),
      item.editing ? editor(message) : content(message),
      !item.editing && [reactions(message), threadButton(item)],
    ),
    !item.editing && toolbar(message, item.own),
  );
  return h("li", {}, item.newDay && h("div", { class: "day" }, timeElement("dayName", message.date)), row);
}

/** What is left of a deleted message whose thread lives on. */
function tombstone(item, message) {
  const row = h(
    "div",
    { class: "slack-message tombstone", testid: "slack-message", data: { ts: message.ts } },
    h("div", { class: "message-gutter" }, h("span", { class: "avatar" }, icon("trash"))),
    h("div", { class: "message-body" }, h("p", {}, phrase("slack.deleted")), threadButton(item)),
  );
  return h("li", {}, row);
}

function head(message) {
  return h(
    "div",
    { class: "message-head" },
    h("span", { class: "message-author", testid: "slack-author" }, authorName(message)),
    isBot(message) && h("span", { class: "app-badge" }, phrase("slack.app")),
    timeElement("clock", message.date, { class: "message-time" }),
    message.ephemeral_to && h("span", { class: "whisper", testid: "slack-ephemeral" }, phrase("slack.ephemeral")),
  );
}

function content(message) {
  const desk = {
    names,
    press: (...action) => press(message, ...action),
    waits: (...action) => waits(message, ...action),
  };
  const edited = message.edited && h("span", { class: "edited", testid: "slack-edited" }, phrase("slack.edited"));
  const words = message.blocks?.length
    ? drawBlocks(message.blocks, desk)
    : message.text && h("div", { class: "mrkdwn" }, mrkdwn(message.text, names));
  if (words && edited) (words.lastElementChild?.matches("p") ? words.lastElementChild : words).append(" ", edited);
  return h(
    "div",
    { class: "message-content", testid: "slack-message-text" },
    words,
    message.files?.length ? h("div", { class: "attachments" }, message.files.map(fileView)) : null,
  );
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map((reaction) => reactionChip(message, reaction)),
    button(
      {
        class: "reaction reaction-add",
        label: "slack.react",
        click: (event) => pickReaction(event.currentTarget, message),
      },
      icon("smile"),
    ),
  );
}

function reactionChip(message, { name, users }) {
  const who = users.map((id) => names.user(id) ?? phrase("slack.unknownUser")).join(", ");
  const mine = users.includes(currentAgent().id);
  const said = phrase("slack.reactedWith", who, name);
  return button(
    {
      class: "reaction",
      testid: "slack-reaction",
      data: { name },
      "aria-pressed": String(mine),
      title: said,
      "aria-label": `${said} (${users.length})`,
      click: () => react(message, name),
    },
    emojiElement(name),
    h("span", { class: "reaction-count" }, String(users.length)),
  );
}

function pickReaction(anchor, message) {
  const entries = PICKABLE.map((name) => ({
    face: emojiElement(name),
    name: `:${name}:`,
    data: { name },
    choose: () => react(message, name),
  }));
  openMenu(anchor, entries, { grid: true, label: phrase("slack.reactions") });
}

function threadButton({ message, thread }) {
  if (!thread) return null;
  return button(
    {
      class: thread.fresh ? "thread-summary fresh" : "thread-summary",
      testid: "slack-thread-summary",
      click: () => openThread(message),
    },
    h("span", { class: "thread-faces" }, thread.faces.map(authorFace)),
    h("span", { class: "thread-count" }, phrase("slack.replies", thread.count)),
    h("span", { class: "thread-last" }, `${phrase("slack.lastReply")} `, timeElement("ago", thread.last)),
    thread.fresh && h("span", { class: "unread-dot" }),
  );
}

function toolbar(message, own) {
  if (message.ephemeral_to) return null;
  const tool = (testid, label, drawn, click) => button({ class: "tool", testid, label, click }, icon(drawn));
  return h(
    "div",
    { class: "message-tools", role: "toolbar" },
    tool("slack-react", "slack.react", "smile", (event) => pickReaction(event.currentTarget, message)),
    tool("slack-thread-open", "slack.replyInThread", "thread", () => openThread(rootOf(message))),
    own && tool("slack-edit", "slack.edit", "edit", () => setEditing(message.ts)),
    own &&
      tool("slack-delete", "slack.delete", "trash", async () => {
        if (await agreed(deleteQuestion(), names)) remove(message);
      }),
  );
}

const rootOf = (message) => ({ channel: message.channel, ts: message.thread_ts ?? message.ts });

function setEditing(ts) {
  editing = ts;
  look({});
  document.querySelector(".message-editor textarea")?.focus();
}

function editor(message) {
  const text = h("textarea", { rows: "2", name: "slack.editText", testid: "slack-edit-text" });
  text.value = typedAgain(message.text, names);
  const cancel = () => setEditing(null);
  const save = async (event) => {
    event.preventDefault();
    if (text.value.trim() && (await edit(message, text.value))) setEditing(null);
  };
  const form = h(
    "form",
    { class: "message-editor", on: { submit: save } },
    text,
    h(
      "div",
      { class: "editor-foot" },
      button({ class: "slack-button", testid: "slack-edit-cancel", click: cancel, phrase: "slack.cancel" }),
      h("button", { type: "submit", class: "slack-button primary", testid: "slack-edit-save", phrase: "slack.save" }),
    ),
  );
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") cancel();
    else sendOnEnter(event, form);
  });
  return form;
}
