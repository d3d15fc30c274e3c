// The window of the chat, and how one gets in and out of it.

import { say } from "../words.js";
import { createComposer } from "./composer.js";
import { h, iconButton, setAttribute, setText } from "./dom.js";
import { createLog } from "./log.js";
import { createOffers } from "./offers.js";

// As in css/screens.css: below this the window is the whole screen.
const PHONE = matchMedia("(max-width: 480px), (max-height: 480px)");
const FOCUSABLE = "button:not([disabled]), textarea, input:not([type=file]), a[href], [tabindex='0']";

export function createPanel({ client, tab, sound, close }) {
  const title = h("h2", { id: "title" });
  const presence = h("p", { class: "presence", testid: "presence" }, h("span", { class: "dot" }), h("span"));
  const mute = iconButton("silent", { label: "", class: "tool", testid: "sound", on: { click: sound.toggle } });
  const shut = iconButton("close", { label: "", class: "tool", testid: "close", on: { click: close } });
  const names = h("div", { class: "names" }, title, presence);
  const notice = h("p", { class: "notice", role: "status", testid: "notice" });
  const log = createLog({ client, correct });
  const offers = createOffers({ client });
  const composer = createComposer({ client, tab, sent: log.toEnd, keepPicture: log.pictures.keep });
  // A page that listens for keys would take what is written here for its shortcuts: it cannot see that this is a text.
  const keys = { keydown, keyup: keepIn, keypress: keepIn };
  const element = h(
    "section",
    { class: "panel", role: "dialog", "aria-labelledby": "title", testid: "panel", hidden: true, on: keys },
    h("header", {}, names, mute, shut),
    notice,
    h("div", { class: "talk" }, log.element, log.newer),
    offers.element,
    composer.element,
  );

  function render() {
    const { phase, welcome } = client.known;
    setText(title, client.shop() || say("title"));
    setText(presence.lastChild, phase === "lost" || welcome ? (welcome?.presence.text ?? "") : say("connecting"));
    presence.dataset.state = phase === "ready" ? welcome.presence.state : "";
    setText(notice, phase === "lost" ? say("lost") : "");
    renderTools();
    setAttribute(element, "aria-modal", PHONE.matches && "true");
    if (element.hidden) return;
    offers.render();
    composer.render();
    log.render();
  }

  function renderTools() {
    for (const [button, words] of [
      [mute, "soundOn"],
      [shut, "close"],
    ]) {
      button.setAttribute("aria-label", say(words));
      button.title = say(words);
    }
    mute.setAttribute("aria-pressed", String(sound.isOn()));
    mute.classList.toggle("on", sound.isOn());
  }

  function correct(ref, text) {
    client.discard(ref);
    composer.correct(text);
  }

  function keydown(event) {
    keepIn(event);
    if (event.key === "Escape" && !event.isComposing) close();
    if (event.key === "Tab" && PHONE.matches) keepInside(event);
  }

  /** On a phone the window covers the page: the focus is not to get lost behind it. */
  function keepInside(event) {
    const places = [...element.querySelectorAll(FOCUSABLE)].filter((one) => one.offsetParent);
    const [from, to] = event.shiftKey ? [places[0], places.at(-1)] : [places.at(-1), places[0]];
    if (element.getRootNode().activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }

  function show() {
    element.hidden = false;
    render();
    composer.grow();
    log.toEnd();
  }

  function hide() {
    element.hidden = true;
  }

  /** A keyboard on the screen covers a part of the window, which only this knows of. */
  function fit() {
    const { height, offsetTop, scale } = visualViewport;
    if (scale > 1) return;
    element.style.setProperty("--shown", `${height}px`);
    element.style.setProperty("--above", `${offsetTop}px`);
  }

  PHONE.addEventListener("change", render);
  for (const type of ["resize", "scroll"]) visualViewport.addEventListener(type, fit);
  const { viewer } = log.pictures;
  return { element, viewer, render, show, hide, look: log.look, focus: composer.focus, isOpen: () => !element.hidden };
}

const keepIn = (event) => event.stopPropagation();
