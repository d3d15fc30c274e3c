// What the server knows (`world`) and what this person is looking at (`view`). Whoever shows any of it subscribes.

import { fetchState } from "./api.js";

const KEY = "mostrador.view";

const FRESH_VIEW = {
  tab: "slack", // which part a narrow window shows; a wide one shows the shop instead of the messages, or does not
  account: null, // the mailbox in use
  conversation: {}, // account -> first mail of the conversation that is open
  composing: false,
  replying: null, // the conversation that is being answered
  phone: null, // the number in use
  app: "sms", // which messages the phone shows: "sms" or "whatsapp"
  customer: null, // the customer of the web shop who is looked at
  agent: null, // the Slack user that this person is
  channel: null,
  thread: null, // {channel, ts} of the open thread
  seenTexts: {}, // phone -> its last message from the shop that was seen
  seenReplies: {}, // thread -> its last reply that was seen
  examples: [], // accounts whose example was sent
  traffic: false, // whether the traffic drawer is open
};

let world = null;
let view = { ...FRESH_VIEW, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") };
let online = true;
const listeners = [];

export const getWorld = () => world;
export const getView = () => view;
export const isOnline = () => online;

export function subscribe(listener) {
  listeners.push(listener);
}

function announce() {
  for (const listener of listeners) listener();
}

/** Changes what this person looks at; it outlives a reload of the page, not the tab. */
export function look(change) {
  view = { ...view, ...change };
  sessionStorage.setItem(KEY, JSON.stringify(view));
  announce();
}

let fetching = null;
let again = false;

/** Brings the newest state. Calls while one is under way share one more fetch after it, whoever asks how often. */
export async function refresh() {
  if (fetching) {
    again = true;
    return fetching;
  }
  fetching = fetchUntilCurrent();
  try {
    await fetching;
  } finally {
    fetching = null;
  }
}

async function fetchUntilCurrent() {
  do {
    again = false;
    await fetchOnce();
  } while (again);
}

async function fetchOnce() {
  try {
    world = await fetchState();
    online = true;
  } catch {
    online = false;
  }
  announce();
}

const RETRY_MS = 2000;

/** Follows the server for as long as the page lives. */
export function follow() {
  const events = new EventSource("/api/events");
  events.addEventListener("message", () => refresh());
  events.addEventListener("open", () => refresh());
  events.addEventListener("error", () => {
    online = false;
    announce();
    // A browser gives up for good on some answers (a proxy's 502, say); while it is still trying, it is left alone.
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, RETRY_MS);
  });
  refresh();
}
