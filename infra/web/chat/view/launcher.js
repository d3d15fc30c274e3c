// The button that is always there.

import { say } from "../words.js";
import { iconButton, h, setText } from "./dom.js";

export function createLauncher({ toggle }) {
  const badge = h("span", { class: "badge", "aria-hidden": "true", testid: "badge", hidden: true });
  const element = iconButton(
    "chat",
    { label: "", class: "launcher", testid: "launcher", on: { click: toggle } },
    badge,
  );

  function render({ unread, isOpen }) {
    const words = unread ? say("openUnread", unread) : say("open");
    element.setAttribute("aria-label", isOpen ? say("close") : words);
    element.title = isOpen ? say("close") : words;
    element.setAttribute("aria-expanded", String(isOpen));
    badge.hidden = !unread || isOpen;
    setText(badge, unread > 9 ? "9+" : String(unread));
  }

  return { element, render };
}
