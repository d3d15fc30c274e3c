// Moments, as people read them: epoch seconds, shown in the shop's time zone, wherever the browser is, because what the
// shop writes ("antes de las 12:00") is in it too. In the page's language.

import { h } from "./dom.js";
import { currentLanguage, phrase } from "./phrases.js";
import { getWorld, subscribe } from "./state.js";

const DAY = 86400;
const locale = () => (currentLanguage() === "es" ? "es-ES" : "en-GB");
/** Undefined, which is the browser's, until the shop's is known. */
const timeZone = () => getWorld()?.shop_time?.hours?.zone;
const format = (epoch, options, language = locale()) =>
  new Intl.DateTimeFormat(language, { timeZone: timeZone(), ...options }).format(new Date(epoch * 1000));
const now = () => Date.now() / 1000;
const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** As 2026-11-22, which is how Swedes write it. */
const isoDay = (epoch) => format(epoch, { dateStyle: "short" }, "sv-SE");
/** Whole calendar days between `epoch` and today: 0 today, 1 yesterday, -1 tomorrow. */
const daysAgo = (epoch) => Math.round((Date.parse(isoDay(now())) - Date.parse(isoDay(epoch))) / (DAY * 1000));
const thisYear = (epoch) => isoDay(epoch).slice(0, 4) === isoDay(now()).slice(0, 4);
export const sameDay = (one, other) => isoDay(one) === isoDay(other);

export const clock = (epoch) => format(epoch, { hour: "2-digit", minute: "2-digit" });
export const clockWithSeconds = (epoch) => format(epoch, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const monthDay = (epoch) =>
  format(epoch, { day: "numeric", month: "short", year: thisYear(epoch) ? undefined : "numeric" });
const longDay = (epoch) => format(epoch, { day: "numeric", month: "long", year: "numeric" });

const nearDay = (epoch) => ({ 0: phrase("when.today"), 1: phrase("when.yesterday") })[daysAgo(epoch)];

/** A divider between days. */
export const dayName = (epoch) =>
  nearDay(epoch) ?? capital(format(epoch, { weekday: "long", day: "numeric", month: "long" }));

/** The shortest that still says when, for a row of a list. */
export function shortMoment(epoch) {
  if (daysAgo(epoch) <= 0) return clock(epoch);
  return daysAgo(epoch) === 1 ? phrase("when.yesterday") : monthDay(epoch);
}

export const moment = (epoch) =>
  daysAgo(epoch) === 0 ? clock(epoch) : `${nearDay(epoch) ?? monthDay(epoch)}, ${clock(epoch)}`;

const STEPS = [
  [60, "minute"],
  [3600, "hour"],
  [DAY, "day"],
  [7 * DAY, "week"],
  [30 * DAY, "month"],
  [365 * DAY, "year"],
];

export function ago(epoch) {
  const seconds = now() - epoch;
  if (Math.abs(seconds) < 45) return phrase("when.now");
  const [size, unit] = STEPS.findLast(([step]) => Math.abs(seconds) >= step) ?? STEPS[0];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" }).format(
    -Math.round(seconds / size),
    unit,
  );
}

const pretty = (plain) => (epoch) => nearDay(epoch)?.toLocaleLowerCase() ?? plain(epoch);
const weekdayAndDay = (epoch) => format(epoch, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

// Slack's own tokens: https://docs.slack.dev/messaging/formatting-message-text/#date-formatting
const TOKENS = {
  date_num: (epoch) => format(epoch, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date_slash: (epoch) => format(epoch, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: longDay,
  date_short: monthDay,
  date_long: weekdayAndDay,
  date_long_full: weekdayAndDay,
  date_pretty: pretty(longDay),
  date_short_pretty: pretty(monthDay),
  date_long_pretty: pretty(weekdayAndDay),
  day_divider_pretty: dayName,
  time: clock,
  time_secs: clockWithSeconds,
  ago,
};

/** A Slack date (`{date_short_pretty} {time}`); null when the format asks for something that Slack does not know. */
export function slackDate(epoch, pattern) {
  const asked = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, token]) => token);
  if (!asked.length || asked.some((token) => !(token in TOKENS))) return null;
  return pattern.replace(/\{(\w+)\}/g, (_, token) => TOKENS[token](epoch));
}

const KINDS = { clock, dayName, shortMoment, moment, ago, now: () => clock(now()) };
const full = (epoch) => format(epoch, { dateStyle: "full", timeStyle: "medium" });

/** A moment that keeps itself current: `kind` is one of KINDS, or a Slack date pattern. */
export function timeElement(kind, epoch, props = {}) {
  const element = h("time", {
    ...props,
    datetime: new Date(epoch * 1000).toISOString(),
    title: full(epoch),
    data: { kind, epoch },
  });
  tell(element);
  return element;
}

function tell(element) {
  const { kind, epoch } = element.dataset;
  const text = kind in KINDS ? KINDS[kind](Number(epoch)) : slackDate(Number(epoch), kind);
  if (element.textContent !== text) element.textContent = text;
}

const TICK_MS = 15000;

/** "2 minutes ago" grows old on a page that stays open; and what was shown before the shop's zone was known is told again. */
export function keepTimesCurrent() {
  const tellAll = () => document.querySelectorAll("time[data-kind]").forEach(tell);
  let zone = timeZone();
  setInterval(tellAll, TICK_MS);
  subscribe(() => {
    if (zone === timeZone()) return;
    zone = timeZone();
    tellAll();
  });
}
