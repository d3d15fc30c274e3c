// What WhatsApp has and text messages have not: reactions, buttons, sharing, ticks, usernames, a window that closes.

import { post, postForm } from "./api.js";
import { button, h } from "./dom.js";
import { timeElement } from "./dates.js";
import { icon } from "./icons.js";
import { phrase } from "./phrases.js";
import { openMenu } from "./slack/overlay.js";
import { getWorld, refresh } from "./state.js";
import { attempt } from "./toast.js";

const send = (path, body) => attempt(() => post(`/api/whatsapp/${path}`, body).then(refresh));

/** Shares where somebody is, or somebody else's card. */
export function createShareButton(phone) {
  const share = (what) => attempt(() => postForm("/api/whatsapp/send", { phone, [what]: "yes" }).then(refresh));
  const entry = (what, drawn) => ({
    face: h("span", { class: "share-entry" }, icon(drawn), phrase(`phone.share.${what}`)),
    data: { share: what },
    choose: () => share(what),
  });
  const open = (event) =>
    openMenu(event.currentTarget, [entry("place", "pin"), entry("contact", "person")], {
      label: phrase("phone.share"),
    });
  return button({ class: "icon-button", label: "phone.share", testid: "whatsapp-share", click: open }, icon("plus"));
}

/** When it was written; what was sent has arrived, which two ticks say: in blue once the shop has read it. */
export const stamp = ({ date, direction, read }) =>
  h(
    "span",
    { class: "bubble-stamp" },
    timeElement("clock", date),
    direction === "sent" && h("span", { class: read ? "ticks read" : "ticks" }, " ✓✓"),
  );

/** Beside a message of the shop's: what its reader thinks of it. */
export function reactButton(message) {
  const { phone, id, reaction } = message;
  const entries = () =>
    getWorld().whatsapp.emoji.map((emoji) => ({
      face: emoji,
      name: phrase(emoji === reaction ? "phone.unreact" : "phone.reactWith", emoji),
      data: { emoji },
      choose: () => send("react", { phone, id, emoji }),
    }));
  const open = (event) => openMenu(event.currentTarget, entries(), { grid: true, label: phrase("phone.react") });
  const props = { label: "phone.react", testid: "whatsapp-react", click: open };
  return reaction
    ? button({ class: "bubble-reaction", ...props }, reaction)
    : button({ class: "bubble-react", ...props }, icon("smile"));
}

/** The buttons of a template. */
export const choices = ({ phone, id, choices: offered }) =>
  h(
    "div",
    { class: "bubble-choices" },
    offered.map((choice) =>
      button(
        { class: "bubble-choice", testid: "whatsapp-choice", click: () => send("press", { phone, id, choice }) },
        icon("reply"),
        choice,
      ),
    ),
  );

export const username = (number) => getWorld().whatsapp.usernames[number];

/** Below the phone: WhatsApp's clock, which can be put a day forward, and what that means for the shop. */
export function createAside(currentNumber) {
  const who = h("p", { class: "phone-window", testid: "whatsapp-username" });
  const words = h("p", { class: "phone-window", testid: "whatsapp-window" });
  const later = button({
    class: "phone-later",
    testid: "whatsapp-later",
    phrase: "phone.later",
    click: () => send("later", { phone: currentNumber() }),
  });
  const element = h("div", { class: "phone-aside" }, who, words, later);

  function render(number, app, wrote) {
    const shown = app === "whatsapp" && wrote;
    const open = getWorld().whatsapp.open.includes(number);
    who.hidden = app !== "whatsapp" || !username(number);
    who.textContent = phrase("phone.username", username(number));
    later.hidden = !(shown && open);
    words.hidden = !shown;
    words.textContent = phrase(open ? "phone.window.open" : "phone.window.closed");
    words.dataset.open = String(open);
    element.hidden = who.hidden && words.hidden;
  }

  return { element, render };
}
