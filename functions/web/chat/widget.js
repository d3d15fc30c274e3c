// The widget on the shop's page: a shadow root, so that neither style sheet reaches the other.

import { createClient } from "./client.js";
import { palette, readColor } from "./color.js";
import { createSound } from "./sound.js";
import { createStorage, createTabStorage } from "./storage.js";
import { STYLES } from "./styles.js";
import { ownLanguage, readTag, takeProof } from "./tag.js";
import { h, setText } from "./view/dom.js";
import { createLauncher } from "./view/launcher.js";
import { createPanel } from "./view/panel.js";
import { say, speak, spokenLanguage } from "./words.js";

const NAME = "mostrador-chat";
const COLOR = "--mostrador-color";
const DEFAULT_COLOR = [29, 79, 145];
/** Out of sight for so long, a tab lets its connection go: it comes back when somebody looks. */
const PATIENCE = 5 * 60_000;

export function mount(script) {
  const settings = readTag(script);
  if (!settings || document.querySelector(NAME)) return;
  speak(ownLanguage(settings.language));

  const [storage, tab] = [createStorage(), createTabStorage()];
  const sound = createSound(storage, changed);
  const proof = takeProof();
  const client = createClient({ url: settings.url, language: settings.language, storage, changed, said, proof });
  const launcher = createLauncher({ toggle });
  const panel = createPanel({ client, tab, sound, close });
  const told = h("p", { class: "unseen", role: "status", testid: "told" });
  const host = place(settings, [panel.element, launcher.element, told, panel.viewer]);
  let due = 0;
  let leaving = 0;

  /** Many changes at once are one drawing. */
  function changed() {
    due ||= setTimeout(render);
  }

  function render() {
    due = 0;
    // The shop's own words come in one of our languages: ours are then in the same one.
    if (client.known.welcome) speak(client.known.welcome.language);
    host.lang = spokenLanguage();
    panel.render();
    launcher.render({ unread: client.unread().length, isOpen: panel.isOpen() });
  }

  function said({ id, name, text, files, automatic }) {
    const words = text || (files ?? []).map((file) => file.name).join(", ");
    setText(told, say("says", automatic ? say("automatic") : name || client.shop(), words));
    sound.announce(id);
  }

  function open() {
    client.start();
    panel.show();
    tab.write("open", true);
    changed();
  }

  function close() {
    panel.hide();
    tab.write("open", false);
    launcher.element.focus();
    changed();
  }

  function toggle() {
    if (panel.isOpen()) return close();
    open();
    panel.focus();
  }

  function visibility() {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(leave, PATIENCE);
    else wake();
  }

  function leave() {
    if (!client.isWaiting()) client.rest();
  }

  /** A page that nobody asked anything on costs the shop no connection. */
  function wake() {
    if (panel.isOpen() || client.isVisited()) client.start();
    client.hurry();
    panel.look();
  }

  document.addEventListener("visibilitychange", visibility);
  document.addEventListener("mostrador:open", () => panel.isOpen() || toggle());
  addEventListener("online", wake);
  addEventListener("offline", client.hurry);
  if (proof || tab.read("open")) open();
  wake();
  render();
}

function place({ color, theme, side }, children) {
  const host = document.createElement(NAME);
  const root = host.attachShadow({ mode: "open" });
  document.body.append(host);
  root.append(h("div", { class: `widget ${side}` }, ...children));
  const sheets = [STYLES, colors(color, host, theme)].map(styleSheet);
  root.adoptedStyleSheets = sheets;
  return host;
}

/** The colour of the tag; else that of the page's own property; else that of its browser bar. */
function colors(color, probe, theme) {
  const bar = document.querySelector("meta[name=theme-color]")?.content ?? "";
  const fill = [color, COLOR, bar].map((text) => readColor(text, probe)).find(Boolean) ?? DEFAULT_COLOR;
  const { onFill, inkLight, inkDark, ...rest } = palette(fill);
  const scheme = theme === "auto" ? "" : `color-scheme: ${theme};`;
  const ink = `light-dark(${inkLight}, ${inkDark})`;
  return `:host { ${scheme} --fill: ${rest.fill}; --on-fill: ${onFill}; --accent: ${ink}; }`;
}

/** A constructed sheet is allowed by any Content-Security-Policy; a style element or attribute is not. */
function styleSheet(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
