// What the shopper's half of a wide window shows: their messages, the web shop from behind, or the shop's own page.

import { button, h } from "./dom.js";
import { getView, look } from "./state.js";

export function createSides() {
  const messages = side("messages", "mail");
  const shop = side("shop", "shop");
  const site = side("site", "site");
  const element = h("div", { class: "sides", role: "group", name: "app.customerSide" }, messages, shop, site);

  function render() {
    const { tab } = getView();
    shop.setAttribute("aria-pressed", String(tab === "shop"));
    site.setAttribute("aria-pressed", String(tab === "site"));
    messages.setAttribute("aria-pressed", String(tab !== "shop" && tab !== "site"));
  }

  return { element, render };
}

const side = (name, tab) =>
  button({ class: "one-side", testid: `side-${name}`, phrase: `tab.${name}`, click: () => look({ tab }) });
