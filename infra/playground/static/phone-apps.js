// What the phone shows: its text messages, or WhatsApp.

import { button, h } from "./dom.js";
import { look } from "./state.js";

/** `isFresh(app)`: whether something arrived in an app that is not looked at. */
export function createPhoneApps(isFresh) {
  const apps = ["sms", "whatsapp"].map((app) => createApp(app));
  const element = h(
    "div",
    { class: "phone-apps", role: "group", name: "phone.apps" },
    apps.map((app) => app.element),
  );

  function render(current) {
    for (const app of apps) {
      app.element.setAttribute("aria-pressed", String(app.name === current));
      app.dot.hidden = !isFresh(app.name);
    }
  }

  return { element, render };
}

function createApp(name) {
  const dot = h("span", { class: "picker-dot", hidden: true });
  const element = button(
    { class: "phone-app", testid: `app-${name}`, data: { app: name }, click: () => look({ app: name }) },
    h("span", { phrase: `phone.app.${name}` }),
    dot,
  );
  return { name, element, dot };
}
