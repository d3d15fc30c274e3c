// What the shopper's half of a wide window shows: their messages, or the web shop.

import { button, h } from "./dom.js";
import { getView, look } from "./state.js";

export function createSides() {
  const messages = side("messages", "mail");
  const shop = side("shop", "shop");
  const element = h("div", { class: "sides", role: "group", name: "app.customerSide" }, messages, shop);

  function render() {
    const inShop = getView().tab === "shop";
    shop.setAttribute("aria-pressed", String(inShop));
    messages.setAttribute("aria-pressed", String(!inShop));
  }

  return { element, render };
}

const side = (name, tab) =>
  button({ class: "one-side", testid: `side-${name}`, phrase: `tab.${name}`, click: () => look({ tab }) });
