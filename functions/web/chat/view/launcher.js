// The button that is always there.

import { say } from "../words.js";
import { h, icon, iconButton, setAttribute, setText } from "./dom.js";

export function createLauncher({ toggle }) {
  const down = icon("down");
  const badge = h("span", { class: "badge", "aria-hidden": "true", testid: "badge", hidden: true });
  const attributes = { label: "", class: "launcher", testid: "launcher", on: { click: toggle } };
  const element = iconButton("chat", attributes, down, badge);
  const bubble = element.firstChild;

  function render({ unread, isOpen }) {
    const words = unread ? say("openUnread", unread) : say("open");
    element.setAttribute("aria-label", isOpen ? say("close") : words);
    element.title = isOpen ? say("close") : words;
    element.setAttribute("aria-expanded", String(isOpen));
    setAttribute(bubble, "hidden", isOpen);
    setAttribute(down, "hidden", !isOpen);
    badge.hidden = !unread || isOpen;
    setText(badge, unread > 9 ? "9+" : String(unread));
  }

  return { element, render };
}
