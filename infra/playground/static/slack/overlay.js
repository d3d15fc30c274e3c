// What opens above the page: a menu at a button, and the question before a button acts.

import { button, h } from "../dom.js";
import { phrase } from "../phrases.js";
import { plainText, mrkdwn } from "./mrkdwn.js";

const menu = h("div", { class: "menu", popover: "auto", role: "menu", testid: "menu" });
const dialog = h("dialog", { class: "dialog", testid: "confirm" });

export const overlays = () => [menu, dialog];

/** Opens a menu at `anchor`. Entries are {face: nodes, name?, data?, choose}; `grid` lays them out as tiles. */
export function openMenu(anchor, entries, { grid = false, label }) {
  menu.classList.toggle("menu-grid", grid);
  menu.style.setProperty("--columns", Math.min(entries.length, 8));
  menu.setAttribute("aria-label", label);
  menu.replaceChildren(
    ...entries.map(({ face, name, data, choose }) =>
      button(
        {
          class: "menu-entry",
          role: "menuitem",
          "aria-label": name,
          title: name,
          testid: "menu-entry",
          data,
          click: () => {
            menu.hidePopover();
            choose();
          },
        },
        face,
      ),
    ),
  );
  menu.showPopover();
  place(anchor);
  menu.firstElementChild?.focus();
  menu.ontoggle = ({ newState }) => {
    if (newState === "closed" && anchor.isConnected) anchor.focus({ preventScroll: true });
  };
}

const EDGE = 8;

/** Under the anchor, or above it where the window ends; never outside the window. */
function place(anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + 4 + height < innerHeight - EDGE;
  menu.style.top = `${Math.max(EDGE, below ? at.bottom + 4 : at.top - height - 4)}px`;
  menu.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE))}px`;
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

menu.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const entries = [...menu.children];
  entries.at((entries.indexOf(document.activeElement) + step) % entries.length).focus();
});

/** Asks before acting. `confirm` is a Block Kit confirm object. Resolves to whether the person agreed. */
export function agreed(confirm, names) {
  const no = button(
    { class: "slack-button", value: "no", testid: "confirm-cancel", click: () => dialog.close("no") },
    text(confirm.deny, "slack.cancel"),
  );
  const style = confirm.style === "danger" ? "danger" : "primary";
  const yes = button(
    { class: `slack-button ${style}`, testid: "confirm-accept", click: () => dialog.close("yes") },
    text(confirm.confirm, "slack.confirm"),
  );
  dialog.replaceChildren(
    h("h3", { id: "confirm-title" }, text(confirm.title, "slack.confirm")),
    h("div", { class: "mrkdwn" }, body(confirm.text, names)),
    h("div", { class: "dialog-foot" }, no, yes),
  );
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.returnValue = "no";
  dialog.showModal();
  yes.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

const text = (object, otherwise) => (object ? plainText(object) : phrase(otherwise));

function body(object, names) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : h("p", {}, plainText(object));
}

/** The question before a message is deleted, in the shape of a Block Kit confirm object. */
export function deleteQuestion() {
  const plain = (key) => ({ type: "plain_text", text: phrase(key) });
  return {
    title: plain("slack.deleteTitle"),
    text: plain("slack.deleteText"),
    confirm: plain("slack.deleteYes"),
    deny: plain("slack.cancel"),
    style: "danger",
  };
}
