// What has been said, as far as this browser knows it.

const MOST = 200;

export function createHistory(storage, outbox) {
  let kept = stored() ?? nothing("");

  function stored() {
    const found = storage.read("history");
    return Array.isArray(found?.messages) ? found : undefined;
  }

  function save() {
    storage.write("history", kept);
  }

  /** Another visitor's history is forgotten; what waits to be sent stays. */
  function belongTo(session) {
    if (kept.session === session) return;
    kept = nothing(session);
    save();
    storage.remove("read");
    for (const { ref, state } of outbox.all()) if (state === "sent") outbox.remove(ref);
  }

  /** A message that is there already takes the place of the older one. Returns those that are new here. */
  function take(messages, cursor) {
    const known = new Set(kept.messages.map(({ id }) => id));
    kept = { ...kept, messages: merged(kept.messages, messages), cursor: cursor || kept.cursor };
    save();
    for (const { ref } of kept.messages) if (ref) outbox.remove(ref);
    return messages.filter(({ id }) => !known.has(id));
  }

  /** What another tab has learnt. Its cursor is its own: this tab may be behind it. */
  function adopt() {
    const theirs = stored();
    if (theirs?.session === kept.session) kept = { ...kept, messages: merged(kept.messages, theirs.messages) };
    else kept = theirs ?? nothing("");
  }

  /** By how much the shop's clock is ahead of this browser's, learnt from a message that has just been said. */
  function learnClock(at) {
    kept.ahead = at - Date.now() / 1000;
    save();
  }

  /** In the order in which it was said; what the shop has not confirmed comes last. */
  function list() {
    const refs = new Set(kept.messages.map(({ ref }) => ref));
    const own = outbox.all().filter(({ ref }) => !refs.has(ref));
    const sent = own.filter(({ state }) => state === "sent").map(placed);
    return [...[...kept.messages, ...sent].sort(byTime), ...own.filter(({ state }) => state !== "sent").map(placed)];
  }

  const placed = (item) => ({ ...item, from: "you", at: item.at + kept.ahead });

  const readIds = () => new Set([storage.read("read") ?? []].flat());
  const unread = () => {
    const read = readIds();
    return kept.messages.filter(({ from, id }) => from === "shop" && !read.has(id)).map(({ id }) => id);
  };
  const markRead = (ids) => {
    const there = new Set(kept.messages.map(({ id }) => id));
    storage.write(
      "read",
      [...readIds(), ...ids].filter((id) => there.has(id)),
    );
  };

  const cursor = (session) => (kept.session === session ? kept.cursor : "");

  return { belongTo, take, adopt, learnClock, list, unread, markRead, cursor };
}

const nothing = (session) => ({ session, cursor: "", messages: [], ahead: 0 });

const byTime = (one, other) => one.at - other.at;

function merged(older, newer) {
  const byId = new Map([...older, ...newer].map((message) => [message.id, message]));
  return [...byId.values()].sort(byTime).slice(-MOST);
}
