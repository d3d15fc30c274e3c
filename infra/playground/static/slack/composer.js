// Where an agent types. Each channel and each thread keeps its own draft, whatever else is looked at meanwhile.

import { h } from "../dom.js";
import { createFilePicker, takeDrops } from "../files.js";
import { icon } from "../icons.js";
import { sendOnEnter } from "../keyboard.js";
import { phrase } from "../phrases.js";
import { getWorld } from "../state.js";
import { say } from "./desk.js";

const composers = new Map();

/**
 * `place` names the test hooks: "thread" or "channel". `hint` is what the empty box says, `note` how to begin a message
 * that no customer gets (null where none would).
 */
export function composerFor(channel, thread, { place, hint, note = null }) {
  const key = `${channel} ${thread}`;
  if (!composers.has(key)) composers.set(key, createComposer(channel, thread, place));
  const composer = composers.get(key);
  const { element, text } = composer;
  composer.showNote(note);
  text.placeholder = hint;
  text.setAttribute("aria-label", hint);
  return element;
}

function createComposer(channel, thread, place) {
  const { element, text, files, noteHint } = createBox(place);
  let note = null;
  const show = () => {
    element.dataset.ready = String(Boolean(text.value.trim() || files.files().length));
    noteHint.textContent = commandHint(text.value, thread) ?? note ?? "";
  };
  const showNote = (words) => {
    note = words;
    show();
  };
  takeDrops(element, files.add);

  async function submit(event) {
    event.preventDefault();
    const words = text.value;
    const chosen = files.files();
    if (!words.trim() && !chosen.length) return;
    text.value = "";
    files.clear();
    show();
    if (await say(channel, thread, words, chosen)) return;
    text.value = words + text.value; // what was typed meanwhile stays behind it
    files.add(chosen);
    show();
  }

  element.addEventListener("submit", submit);
  for (const change of ["input", "change", "click", "drop"]) element.addEventListener(change, show);
  text.addEventListener("keydown", (event) => sendOnEnter(event, element));
  return { element, text, showNote };
}

/** What Slack says beside a command that is being typed: how it goes on, or that it cannot be used here. */
function commandHint(typed, thread) {
  if (!typed.startsWith("/")) return null;
  if (thread) return phrase("slack.noCommands");
  const begun = typed.split(" ")[0];
  const known = getWorld().slack.commands.find(({ name }) => name.startsWith(begun));
  return known ? `${known.name} ${known.usage}` : phrase("slack.noSuchCommand");
}

function createBox(place) {
  const files = createFilePicker(`slack-${place}-attach`);
  const text = h("textarea", { rows: "1", testid: `slack-${place}-text` });
  const noteHint = h("span", { class: "composer-note" });
  const hints = h("span", { class: "composer-keys" }, noteHint, h("span", { phrase: "slack.hintKeys" }));
  const submit = { type: "submit", class: "composer-send", label: "slack.send", testid: `slack-${place}-send` };
  const foot = h("div", { class: "composer-foot" }, files.button, hints, h("button", submit, icon("send")));
  const element = h("form", { class: "composer", testid: `slack-${place}-composer` }, text, files.list, foot);
  return { element, text, files, noteHint };
}
