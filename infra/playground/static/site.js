// The shop's own page, as its customers see it, with the chat on it.

import { h } from "./dom.js";
import { currentLanguage } from "./phrases.js";
import { getView, getWorld } from "./state.js";

export function createSite() {
  const frame = h("iframe", { class: "site-frame", name: "site.title", testid: "site" });
  const element = h("section", { class: "card site" }, frame);
  let shown = "";

  /** Loaded when somebody looks for the first time; the chat wants the stack, the page its language. */
  function render() {
    const address = `/tienda?lang=${currentLanguage()}`;
    if (getView().tab !== "site" || !getWorld().ready || shown === address) return;
    shown = address;
    frame.src = address;
  }

  return { element, render };
}
