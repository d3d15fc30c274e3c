// The shopper's phone: text messages and WhatsApp with the shop.

import { post, postForm } from "./api.js";
import { createCallButton } from "./calls.js";
import { timeElement } from "./dates.js";
import { button, h, keepEnd, patchList, patchOne, showOnly } from "./dom.js";
import { createFilePicker, fileView, takeDrops } from "./files.js";
import { drawing, icon } from "./icons.js";
import { sendOnEnter } from "./keyboard.js";
import { linked } from "./links.js";
import { avatar, shopAvatar } from "./people.js";
import { createPhoneApps } from "./phone-apps.js";
import { choices, createAside, createShareButton, reactButton, stamp, username } from "./phone-whatsapp.js";
import { createPersonPicker } from "./picker.js";
import { IDEAS } from "./phrases/ideas.js";
import { currentLanguage, phrase } from "./phrases.js";
import { getView, getWorld, look, refresh } from "./state.js";
import { attempt } from "./toast.js";

const SESSION_GAP = 1800; // seconds of silence after which the phone tells the time again
const BURST_GAP = 90; // bubbles nearer than this hang together

export function createPhone() {
  const picker = createPersonPicker({
    testid: "sms-phone-select",
    name: "phone.owner",
    choose: (phone) => look({ phone }),
  });
  const { screen, bubbles, blank, talk, foot, shopName, shopNumber } = createScreen();
  const apps = createPhoneApps((app) => app !== currentApp() && isFresh(currentPhone(), app));
  const aside = createAside(() => currentPhone().number);
  const element = h(
    "section",
    { class: "phone-side", "aria-labelledby": "phone-heading", testid: "phone" },
    h("h2", { id: "phone-heading", class: "unseen", phrase: "phone.title" }),
    picker.element,
    apps.element,
    h("div", { class: "phone" }, screen),
    aside.element,
    createCallButton(() => currentPhone().number),
  );
  element.addEventListener("focusin", settle);
  const end = keepEnd(talk, bubbles);
  let shown = null;

  function render() {
    const { sms, shop } = getWorld();
    const [owner, app] = [currentPhone(), currentApp()];
    if (!owner) return;
    picker.render(sms.phones.map(phoneOption), owner.number);
    noteSeen(owner.number, app);
    screen.dataset.app = app;
    shopName.textContent = shop.name;
    shopNumber.textContent = spaced(shop.phone);
    const messages = messagesOf(owner.number, app);
    showOnly(foot, composerOf(owner.number, app).element);
    patchList(bubbles, withNeighbours(messages, app), { key: ({ message }) => message.id, build: bubble });
    patchOne(blank, messages.length ? null : owner, `${app} ${owner.number}`, () => blankWords(owner, app));
    apps.render(app);
    aside.render(
      owner.number,
      app,
      messages.some(({ direction }) => direction === "sent"),
    );
    if (shown !== `${app} ${owner.number}`) end.go();
    shown = `${app} ${owner.number}`;
  }

  return { element, render };
}

/** Whoever begins to do something on a phone means this one, whatever arrives elsewhere. */
function settle() {
  if (!getView().phone) look({ phone: currentPhone().number });
}

const currentApp = () => getView().app;

const messagesOf = (number, app) => getWorld()[app].messages.filter(({ phone }) => phone === number);

function createScreen() {
  const shopName = h("span", { class: "phone-shop" });
  const shopNumber = h("span", { class: "phone-number" });
  const bubbles = h("ol", { class: "bubbles", role: "log", name: "phone.messages", testid: "phone-messages" });
  const blank = h("div", { class: "phone-blank" });
  const talk = h("div", { class: "phone-talk" }, blank, bubbles);
  const foot = h("div", { class: "phone-foot" });
  const head = h("header", { class: "phone-head" }, shopAvatar(), h("div", {}, shopName, shopNumber));
  const screen = h("div", { class: "phone-screen" }, statusBar(), head, talk, foot);
  return { screen, bubbles, blank, talk, foot, shopName, shopNumber };
}

function statusBar() {
  const hour = timeElement("now", Date.now() / 1000, { class: "phone-clock" });
  return h(
    "div",
    { class: "phone-status", "aria-hidden": "true" },
    hour,
    h("span", { class: "phone-island" }),
    signals(),
  );
}

/** The phone that was chosen; before that the one with the latest message, so that there is something to see. */
function currentPhone() {
  const { phones } = getWorld().sms;
  const wanted = getView().phone ?? getWorld()[currentApp()].messages.at(-1)?.phone;
  return phones.find(({ number }) => number === wanted) ?? phones[0];
}

/** "+34600111222" -> "+34 600 111 222"; British numbers have a group of four first. */
export function spaced(number) {
  const [, country, rest] = number.match(/^(\+(?:34|44|1))(\d+)$/) ?? [null, "", number];
  return `${country} ${country === "+44" ? rest.replace(/(\d{4})(\d{3})(\d+)/, "$1 $2 $3") : rest.replace(/(\d{3})(?=\d)/g, "$1 ")}`.trim();
}

/** The shop's last message to a phone, which nobody has seen until that phone was in use. */
const lastReceived = (number, app) => messagesOf(number, app).findLast(({ direction }) => direction === "received")?.id;

const isFresh = ({ number }, app) => lastReceived(number, app) !== getView().seenTexts[`${app} ${number}`];

function noteSeen(number, app) {
  if (!isFresh({ number }, app)) return;
  const last = lastReceived(number, app);
  // After this rendering: what was seen changes the view, and a view changes the page.
  queueMicrotask(() => look({ seenTexts: { ...getView().seenTexts, [`${app} ${number}`]: last } }));
  if (app === "whatsapp") post("/api/whatsapp/read", { phone: number }).catch(() => {}); // It is read, told or not.
}

function phoneOption({ number, name }) {
  const fresh = ["sms", "whatsapp"].some((app) => isFresh({ number }, app));
  return {
    value: number,
    title: name,
    detail: username(number) ?? spaced(number),
    label: fresh ? phrase("phone.fresh", name) : `${name} · ${username(number) ?? spaced(number)}`,
    fresh,
    face: () => avatar(name, { round: true }),
  };
}

function signals() {
  return drawing(
    [
      [
        "path",
        {
          d: "M2 14.5v-2M5 14.5V10.5M8 14.5V8M11 14.5v-9",
          stroke: "currentColor",
          "stroke-width": 1.8,
          "stroke-linecap": "round",
        },
      ],
      ["rect", { x: 16.5, y: 6.5, width: 16, height: 8, rx: 2.4, fill: "none", stroke: "currentColor", opacity: 0.5 }],
      ["rect", { x: 18, y: 8, width: 11, height: 5, rx: 1.2, fill: "currentColor" }],
      ["path", { d: "M34 9v3", stroke: "currentColor", opacity: 0.5, "stroke-width": 1.4, "stroke-linecap": "round" }],
    ],
    { class: "phone-signals", viewBox: "0 0 36 20" },
  );
}

/** Each message with what its drawing needs to know of those around it. */
function withNeighbours(messages, app) {
  return messages.map((message, at) => {
    const [before, after] = [messages[at - 1], messages[at + 1]];
    const joined = (one, other) =>
      Boolean(one && other) && one.direction === other.direction && Math.abs(one.date - other.date) < BURST_GAP;
    return {
      message,
      app,
      first: !before,
      timed: !before || message.date - before.date > SESSION_GAP,
      tail: !joined(message, after),
      close: joined(before, message),
    };
  });
}

function bubble({ message, app, first, timed, tail, close }) {
  const { id, direction, text, media, date, problem } = message;
  const whatsapp = app === "whatsapp";
  const classes = ["bubble-row", direction, tail && "tail", close && "close"].filter(Boolean).join(" ");
  return h(
    "li",
    { class: classes, testid: `${app}-bubble`, data: { smsId: id, direction } },
    timed &&
      h("p", { class: "phone-day" }, first && h("span", {}, phrase(`phone.day.${app}`)), timeElement("moment", date)),
    media?.length ? h("div", { class: "bubble-media" }, media.map(fileView)) : null,
    h(
      "div",
      { class: "bubble-line" },
      text ? h("p", { class: "bubble" }, ...linked(text), whatsapp && stamp(message)) : null,
      whatsapp && direction === "received" && !problem ? reactButton(message) : null,
    ),
    message.choices?.length ? choices(message) : null,
    problem &&
      h(
        "p",
        { class: "bubble-problem", testid: `${app}-problem` },
        icon("warning"),
        h("span", {}, h("strong", {}, phrase("phone.problem")), " · ", problem),
      ),
  );
}

const composers = new Map();

/** Each app of a phone keeps what is being typed in it. */
function composerOf(phone, app) {
  const name = `${app} ${phone}`;
  if (!composers.has(name)) composers.set(name, createComposer(phone, app));
  return composers.get(name);
}

function createComposer(phone, app) {
  const files = createFilePicker(`${app}-attach`);
  const text = h("textarea", { rows: "1", testid: `${app}-text`, hint: "phone.hint", name: `phone.text.${app}` });
  const share = app === "whatsapp" && createShareButton(phone);
  const send = h(
    "button",
    { type: "submit", class: "phone-send", label: "phone.send", testid: `${app}-send` },
    icon("up"),
  );
  const element = h(
    "form",
    { class: "phone-form" },
    files.list,
    h("div", { class: "phone-line" }, files.button, share, h("div", { class: "phone-text" }, text, send)),
  );
  takeDrops(element, files.add);

  async function submit(event) {
    event.preventDefault();
    const words = text.value;
    if (!words.trim() && !files.files().length) return;
    const chosen = files.files();
    text.value = "";
    files.clear();
    const worked = await attempt(() => postForm(`/api/${app}/send`, { phone, text: words }, chosen));
    if (worked) return refresh();
    text.value = words + text.value; // what was typed meanwhile stays behind it
    files.add(chosen);
  }

  element.addEventListener("submit", submit);
  text.addEventListener("keydown", (event) => sendOnEnter(event, element));
  return { element, text };
}

function blankWords(owner, app) {
  const use = (idea) => {
    const { text } = composerOf(owner.number, app);
    text.value = idea;
    text.focus();
  };
  const ideas = IDEAS[currentLanguage()].sms.map((idea) =>
    button({ class: "idea", testid: `${app}-idea`, click: () => use(idea) }, idea),
  );
  return h("div", { class: "empty" }, h("p", {}, phrase(`phone.empty.${app}`, owner.name.split(" ")[0])), ideas);
}
