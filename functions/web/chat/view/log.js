// The conversation as it is shown.

import { clockTime, dayName, fileSize, say } from "../words.js";
import { h, icon, iconButton, isPage, linked, setText } from "./dom.js";
import { createPictures, isPicture } from "./pictures.js";

const NEARLY = 48;

/** `correct` gets a message back into the composer. */
export function createLog({ client, correct }) {
  const list = h("ol", { class: "messages" });
  const empty = h("p", { class: "empty" });
  const typing = h("p", { class: "typing", testid: "typing", hidden: true }, h("i"), h("i"), h("i"), h("span"));
  const element = h(
    "div",
    { class: "log", role: "log", "aria-live": "off", tabindex: "0", testid: "log" },
    empty,
    list,
    typing,
  );
  const newer = iconButton("down", { class: "newer", testid: "newer", hidden: true, on: { click: toEnd } });
  const shown = new Map();
  const pictures = createPictures({ client, follow });

  let following = true;
  let height = 0;

  element.addEventListener("scroll", scrolled, { passive: true });
  new ResizeObserver(() => following && toEnd()).observe(element);

  /** Whoever scrolls up stays there. What moves because there is less room for it was not scrolled. */
  function scrolled() {
    if (element.clientHeight === height) following = isAtEnd();
    look();
  }

  const isAtEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight < NEARLY;

  function toEnd() {
    following = true;
    height = element.clientHeight;
    element.scrollTop = element.scrollHeight;
    look();
  }

  function render() {
    const messages = client.list();
    element.setAttribute("aria-label", say("conversation"));
    setText(empty, messages.length || !client.known.welcome ? "" : say("empty"));
    const last = messages.findLast(({ from }) => from === "you");
    place(messages.map((message, i) => entry(message, messages[i - 1], message === last)));
    renderTyping();
    if (following) toEnd();
    else look();
  }

  /** An entry that has not changed stays the element that it was. */
  function entry(message, before, isLast) {
    const day = before && isSameDay(before.at, message.at) ? "" : dayName(message.at);
    const lost = client.known.phase === "lost";
    const looks = JSON.stringify([message, day, isLast, lost, say("you")]);
    const key = message.ref || message.id;
    const old = shown.get(key);
    return old?.looks === looks ? old : { key, looks, id: message.id, element: build(message, { day, isLast, lost }) };
  }

  function place(entries) {
    shown.clear();
    for (const one of entries) shown.set(one.key, one);
    const elements = entries.map((one) => one.element);
    for (const child of [...list.children]) if (!elements.includes(child)) child.remove();
    elements.forEach((child, i) => list.children[i] === child || list.insertBefore(child, list.children[i] ?? null));
  }

  function build(message, { day, isLast, lost }) {
    const mine = message.from === "you";
    return h(
      "li",
      { class: mine ? "mine" : "theirs", testid: "message", "data-from": message.from, "data-state": message.state },
      day && h("p", { class: "day" }, day),
      h("p", { class: "who" }, who(message), h("time", {}, clockTime(message.at)), way(message)),
      message.text && h("p", { class: "bubble", testid: "text" }, mine ? message.text : linked(message.text)),
      (message.files ?? []).map((file, index) => fileRow(message, file, index)),
      mine && state(message, isLast, lost),
    );
  }

  function state(message, isLast, lost) {
    if (message.state === "failed") return failure(message);
    if (message.state === "waiting") return h("p", { class: "state" }, say(lost ? "waiting" : "sending"));
    return isLast && h("p", { class: "state" }, say("sent"));
  }

  function failure({ ref, problem, again, text }) {
    const fix = again
      ? h("button", { type: "button", testid: "retry", on: { click: () => client.retry(ref) } }, say("retry"))
      : h("button", { type: "button", testid: "correct", on: { click: () => correct(ref, text) } }, say("edit"));
    const remove = h(
      "button",
      { type: "button", testid: "discard", on: { click: () => client.discard(ref) } },
      say("remove"),
    );
    return h("p", { class: "state failed", testid: "problem" }, problem || say("failed"), " ", fix, " ", remove);
  }

  function fileRow(message, file, index) {
    const size = fileSize(file.size);
    const name = say("openFile", file.name, size);
    if (!file.problem && isPicture(file)) return pictures.element(message, file, index, name);
    const words = [
      icon("file"),
      h("span", { class: "file-name" }, file.name),
      h("span", {}, file.problem ? say(file.problem === "refused" ? "refusedFile" : "lostFile") : size),
    ];
    // What has not come back from the shop has no address there yet.
    if (file.problem || !message.id) return h("p", { class: "file" }, words);
    const open = () => follow(message.id, index, () => button.replaceWith(h("p", { class: "file" }, say("goneFile"))));
    const button = h(
      "button",
      { type: "button", class: "file", "aria-label": name, testid: "file", on: { click: open } },
      words,
    );
    return button;
  }

  /**
   * The address lives for minutes, so that it is asked for when somebody wants it. The window is opened before: one that
   * opens later than the click that it belongs to is taken for an advertisement.
   */
  async function follow(id, index, gone) {
    const tab = open("", "_blank");
    try {
      const { url } = await client.linkTo(id, index);
      if (!tab || !isPage(url)) throw new Error("no window, or no address");
      tab.opener = null;
      tab.location.replace(url);
    } catch (error) {
      tab?.close();
      if (error.code === "not_found") gone();
    }
  }

  function renderTyping() {
    const who = client.known.typing;
    typing.hidden = !who;
    if (who) setText(typing.lastChild, say("typing", who.name));
  }

  /** Notes what is on the screen now as read, where somebody can see it. */
  function look() {
    const unread = client.unread();
    const visible = document.visibilityState === "visible" && element.clientHeight > 0;
    const seen = visible ? unread.filter(isInSight) : [];
    newer.hidden = isAtEnd() || unread.length === seen.length;
    newer.setAttribute("aria-label", say("unread"));
    if (seen.length) client.markRead(seen);
    if (visible) pictures.load(isNear);
  }

  function isInSight(id) {
    const box = shown.get(id)?.element.getBoundingClientRect();
    return Boolean(box) && box.top < element.getBoundingClientRect().bottom - NEARLY / 2;
  }

  /** Or will be soon: a screen above or below. */
  function isNear(part) {
    const [box, frame] = [part, element].map((one) => one.getBoundingClientRect());
    return box.bottom > frame.top - frame.height && box.top < frame.bottom + frame.height;
  }

  return { element, newer, pictures, render, look, toEnd };
}

function who({ from, name, automatic }) {
  if (from === "you") return h("span", { class: "unseen" }, `${say("you")}, `);
  const words = automatic ? say("automatic") : name;
  return words ? h("span", { class: "name" }, words) : null;
}

const way = ({ via }) => via === "email" && h("span", { testid: "via" }, `· ${say("byMail")}`);

const isSameDay = (one, other) => new Date(one * 1000).toDateString() === new Date(other * 1000).toDateString();
