// What time it is in the shop: whether it is open, and which other moment the person would like to see instead.

import { post } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { phrase } from "./phrases.js";
import { getWorld, refresh } from "./state.js";
import { attempt } from "./toast.js";

const MOMENTS = ["as_it_is", "morning", "lunch", "night", "holiday", "august"];
const LONGEST_WAIT_MS = 24 * 3600 * 1000; // a timer cannot wait much longer

export function createShopTime() {
  const panel = createPanel();
  const lead = h("span", { class: "time-lead" });
  const word = h("span");
  const look = h(
    "button",
    { type: "button", class: "time-button", testid: "shop-time", popovertarget: "shop-time-panel" },
    h("span", { class: "time-dot", "aria-hidden": "true" }),
    h("span", { class: "time-words" }, lead, word),
    icon("down"),
  );
  const element = h("div", { class: "shop-time", hidden: true }, look, panel.element);
  const again = createAlarm();

  function render() {
    const time = getWorld()?.shop_time;
    element.hidden = !time?.hours;
    if (element.hidden) return;
    const simulated = isSimulated(time);
    element.dataset.open = String(time.hours.open);
    element.dataset.simulated = String(simulated);
    lead.textContent = `${phrase(simulated ? "time.lead.simulated" : "time.lead.real")} `;
    word.textContent = simulated ? phrase(`time.short.${shortMoment(time)}`) : openWord(time);
    look.setAttribute("aria-label", `${phrase("time.title")} ${phrase("time.lead.real")} ${openWord(time)}. ${simulatedWords(time)}`);
    panel.render(time);
    again.at(time.hours.changes_at, refresh);
  }

  return { element, render };
}

const isSimulated = ({ moment, hurry }) => moment !== "as_it_is" || hurry;
const openWord = ({ hours }) => phrase(hours.open ? "time.open" : "time.closed");
const shortMoment = ({ moment, hurry }) => (moment === "as_it_is" && hurry ? "hurry" : moment);

/** What is not as it is, in plain words. */
function simulatedWords({ moment, hurry }) {
  if (moment === "as_it_is") return phrase(hurry ? "time.simulatedHurry" : "time.real");
  return hurry ? `${phrase("time.simulated")} ${phrase("time.alsoHurry")}` : phrase("time.simulated");
}

function createPanel() {
  const radios = MOMENTS.map(momentChoice);
  const hurry = h("input", { type: "checkbox", testid: "shop-time-hurry", on: { change: choose } });
  const today = h("p", { class: "time-today", testid: "shop-time-today" });
  const facts = h("p", { class: "time-fact" });
  const simulated = h("p", { class: "time-fact", testid: "shop-time-simulated" });
  const state = h("p", { class: "time-state", role: "status", testid: "shop-time-state" });
  const element = h(
    "div",
    { class: "time-panel", id: "shop-time-panel", popover: "auto", testid: "shop-time-panel", name: "time.title" },
    h("fieldset", { class: "time-moments", on: { change: choose } }, h("legend", { phrase: "time.title" }), radios),
    h("label", { class: "time-choice time-hurry" }, hurry, choiceWords("hurry")),
    h("div", { class: "time-facts" }, today, facts, simulated, state),
  );
  const follow = createAlarm();

  async function choose() {
    const moment = radios.map((label) => label.querySelector("input")).find(({ checked }) => checked)?.value;
    await attempt(() => post("/api/shop-time", { moment, hurry: hurry.checked }));
    await refresh();
  }

  function render(time) {
    for (const label of radios) {
      const radio = label.querySelector("input");
      radio.checked = radio.value === time.moment;
    }
    hurry.checked = time.hurry;
    today.textContent = time.hours.today;
    facts.textContent = [phrase("time.week", time.hours.week), answerWords(time.hours)].filter(Boolean).join(" ");
    simulated.textContent = simulatedWords(time);
    const waiting = time.pushing || time.followed_at > Date.now() / 1000;
    state.textContent = waiting ? phrase("time.soon") : stillWords(time);
    if (waiting && !time.pushing) follow.at(time.followed_at, () => render(getWorld().shop_time));
  }

  return { element, render };
}

const answerWords = ({ first_answer }) => first_answer && phrase("time.answer", first_answer);

/** While the shop is closed no promise runs, however fast it would. */
const stillWords = ({ hours, hurry }) => (hurry && !hours.open ? phrase("time.still") : "");

function momentChoice(moment) {
  const radio = h("input", { type: "radio", value: moment, testid: "shop-time-moment", data: { moment } });
  radio.setAttribute("name", "shop-time");
  return h("label", { class: "time-choice" }, radio, choiceWords(moment));
}

const choiceWords = (moment) =>
  h(
    "span",
    {},
    h("span", { class: "time-name", phrase: `time.${moment}` }),
    h("span", { class: "time-what", phrase: `time.${moment}.what` }),
  );

/** Rings once, at the last moment that it was set to. */
function createAlarm() {
  let timer = null;
  let due = null;
  function at(epoch, ring) {
    if (epoch === due) return;
    due = epoch;
    clearTimeout(timer);
    const wait = (epoch ?? Infinity) * 1000 - Date.now() + 500;
    if (wait < LONGEST_WAIT_MS) timer = setTimeout(ring, Math.max(wait, 0));
  }
  return { at };
}
