// Calls as they go on: one telephone for each half, with what is heard as text, a keypad, and words to say by typing.

import { post } from "./api.js";
import { button, h, patchList } from "./dom.js";
import { phrase } from "./phrases.js";
import { getWorld, refresh } from "./state.js";
import { attempt } from "./toast.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const SHOWN_AFTER = 20; // seconds for which a call that is over is still there to be read
const LAST_LINES = 2; // what of it
const LAST_CALLS = 2; // how many of them

const dismissed = new Set();
const drafts = new Map(); // what somebody is about to say, by the call: the card is drawn anew with all that is heard
const act = (id, deed, what) => attempt(() => post("/api/call/do", { id, deed, what }).then(refresh));

export function createCalls() {
  const list = h("div", { class: "calls-list" });
  const element = h(
    "section",
    { class: "calls", "aria-live": "polite", name: "calls.title", testid: "calls", hidden: true },
    list,
  );

  function render() {
    const now = Date.now() / 1000;
    const calls = getWorld().calls.filter(({ id }) => !dismissed.has(id));
    const ended = calls.filter(({ over, ended }) => over && now - ended < SHOWN_AFTER).slice(-LAST_CALLS);
    const shown = calls.filter((call) => !call.over || ended.includes(call));
    element.hidden = !shown.length;
    patchList(list, shown, { key: ({ id }) => id, build: telephone });
  }

  setInterval(() => getWorld()?.ready && render(), 5000);
  return { element, render };
}

/** The button with which a shopper calls; `number()` says whose telephone it is. */
export function createCallButton(number) {
  const start = (phone) => attempt(() => post("/api/call/start", { phone }).then(refresh));
  return h(
    "div",
    { class: "call-start" },
    button({ class: "phone-later", testid: "call-shop", phrase: "calls.start", click: () => start(number()) }),
    button({ class: "phone-later", testid: "call-hidden", phrase: "calls.hidden", click: () => start("anonymous") }),
  );
}

function telephone(call) {
  const { id, whose, phone, direction, waiting, over } = call;
  const lines = over ? call.lines.slice(-LAST_LINES) : call.lines;
  const words = h("ol", { class: "call-heard", role: "log", testid: "call-heard" }, lines.map(line));
  const talk = h("div", { class: "call-talk", tabindex: "0", role: "group", name: "calls.heard" }, words);
  const card = h(
    "article",
    { class: "call", testid: "call", data: { callId: id, phone, direction, waiting, status: call.status, ...(over && { over: "" }) } },
    h("header", { class: "call-head" }, h("strong", {}, phone === "anonymous" ? phrase("calls.anonymous") : whose)),
    h("p", { class: "call-state", testid: "call-state" }, stateOf(call)),
    lines.length ? talk : null,
    over ? dismiss(id) : deeds(call),
  );
  queueMicrotask(() => (talk.scrollTop = talk.scrollHeight));
  return card;
}

const line = ({ kind, words }) => h("li", { class: `call-line ${kind}` }, kind === "pressed" ? h("kbd", {}, words) : words);

function stateOf({ over, status, waiting, seconds }) {
  if (!over) return phrase(`calls.waiting.${waiting || "none"}`);
  const lasted = seconds ? ` · ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";
  return phrase(`calls.status.${status}`) + lasted;
}

function dismiss(id) {
  const close = () => {
    dismissed.add(id);
    refresh();
  };
  return h("div", { class: "call-deeds" }, button({ class: "call-do", testid: "call-close", phrase: "calls.close", click: close }));
}

function deeds({ id, waiting, direction }) {
  const deed = (name, kind = "") =>
    button({ class: `call-do ${kind}`, testid: `call-${name}`, phrase: `calls.${name}`, click: () => act(id, name) });
  if (waiting === "answer") {
    const more = direction === "inbound" ? [] : [deed("machine"), deed("busy"), deed("ignore")];
    return h("div", { class: "call-deeds" }, deed("pick_up", "good"), ...more);
  }
  return h(
    "div",
    { class: "call-deeds" },
    waiting === "key" && keypad(id),
    (waiting === "voice" || waiting === "talk") && speaking(id),
    deed("hang_up", "bad"),
  );
}

function keypad(id) {
  const key = (name) =>
    button({ class: "call-key", testid: "call-key", data: { key: name }, click: () => act(id, "key", name) }, name);
  return h("div", { class: "call-keys", role: "group", name: "calls.keypad" }, KEYS.map(key));
}

function speaking(id) {
  const words = h("input", { type: "text", testid: "call-words", hint: "calls.say", name: "calls.say" });
  words.value = drafts.get(id) ?? "";
  words.addEventListener("input", () => drafts.set(id, words.value));
  const form = h("form", { class: "call-say" }, words, h("button", { type: "submit", class: "call-do", testid: "call-say", phrase: "calls.speak" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (words.value.trim()) act(id, "voice", words.value.trim());
    words.value = "";
    drafts.delete(id);
  });
  return form;
}
