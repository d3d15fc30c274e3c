// The line above everything: whose shop this is, how it is going, and the two switches.

import { post } from "./api.js";
import { button, h } from "./dom.js";
import { currentLanguage } from "./phrases.js";
import { getWorld, isOnline, look, getView, refresh } from "./state.js";
import { createShopTime } from "./shop-time.js";
import { createThemeSwitch } from "./theme.js";
import { attempt } from "./toast.js";

const TABS = ["mail", "phone", "shop", "site", "slack"];

export function createHeader() {
  const shop = h("h1", { class: "shop-name" });
  const offline = h("span", {
    class: "offline",
    role: "status",
    testid: "offline",
    hidden: true,
    phrase: "app.reconnecting",
  });
  const tabs = h("nav", { class: "tabs", name: "tab.list" }, TABS.map(tab));
  const language = languageSwitch();
  const time = createShopTime();
  const element = h(
    "header",
    { class: "app-head" },
    h("img", { src: "/static/tile.svg", alt: "", class: "app-mark" }),
    h("div", { class: "app-names" }, shop, h("span", { class: "app-name", phrase: "app.name" })),
    tabs,
    h("span", { class: "grow" }),
    offline,
    time.element,
    language.element,
    createThemeSwitch(),
  );

  function render() {
    shop.textContent = getWorld()?.shop?.name ?? "Mostrador";
    offline.hidden = isOnline() || !getWorld();
    language.render();
    time.render();
    for (const one of tabs.children) one.setAttribute("aria-current", String(one.dataset.tab === getView().tab));
  }

  return { element, render };
}

function tab(name) {
  return button({
    class: "tab",
    testid: `tab-${name}`,
    data: { tab: name },
    phrase: `tab.${name}`,
    click: () => look({ tab: name }),
  });
}

/** One button with both languages on it: it switches to the other. The shop changes with it, not only this page. */
function languageSwitch() {
  const other = () => (currentLanguage() === "es" ? "en" : "es");
  const change = async () => {
    element.disabled = true;
    await attempt(() => post("/api/language", { language: other() }));
    await refresh();
    element.disabled = false;
    element.focus();
  };
  const sides = ["es", "en"].map((code) =>
    h("span", { class: "language", lang: code, data: { code } }, code.toUpperCase()),
  );
  const element = button(
    { class: "language-switch", testid: "language-switch", label: "language.switch", click: change },
    sides,
  );
  const render = () => {
    element.dataset.language = currentLanguage();
    for (const side of sides) side.classList.toggle("chosen", side.dataset.code === currentLanguage());
  };
  return { element, render };
}
