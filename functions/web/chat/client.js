// The protocol's client (docs/chat-protocol.md): what a visitor's tab knows, and what it does with each frame.

import { createConnection } from "./connection.js";
import { createHistory } from "./history.js";
import { createOutbox } from "./outbox.js";
import { createReceipts } from "./receipts.js";
import { createSender } from "./sender.js";
import { alone } from "./storage.js";

const ANSWER_WITHIN = 15_000;
const A_MOMENT = 1000;
/** After which what was sent with files has been looked at: the shop does not keep every one. */
const LOOKED_AT = 6000;
/** The next ping comes within a minute; until then the hours may begin. */
const SOON = 70_000;

/**
 * `changed` is called after everything that may have to be shown otherwise; `said` with a message that the shop has just
 * said. `proof` is what a link from a mail brought to this page.
 */
export function createClient({ url, language, storage, changed, said, proof }) {
  /** What the server has told. `phase`: resting, connecting, ready or lost. */
  const known = { phase: "resting", welcome: null, typing: null };
  const waiting = new Map();
  let round = 0;
  let letGo = null;
  let quiet = 0;
  let opening = 0;
  let sessionHeard = () => {};

  const outbox = createOutbox(storage);
  const history = createHistory(storage, outbox);
  const ready = () => known.phase === "ready";
  const connection = createConnection(url, { opened, heard, ended, place });
  const receipts = createReceipts({ send: connection.send, ready });
  const sender = createSender({ outbox, ask, ready, changed });

  const handlers = { welcome, history: past, message, typing, pong, error, ack: taken, ticket: answer, link: answer };

  function start() {
    if (known.phase === "resting") turn("connecting");
    connection.start();
  }

  function rest() {
    connection.rest();
    turn("resting");
  }

  function turn(phase) {
    known.phase = phase;
    changed();
  }

  /** One tab at a time: of two that say hello for the first time, the second is to come with the token of the first. */
  function opened() {
    const mine = round;
    alone("hello", async (waited) => {
      // A browser brings what one tab has written to the others a moment later than the turn that it wrote it in.
      if (waited && !storage.read("session")) await sessionOfAnotherTab();
      return mine === round && hello();
    });
  }

  const sessionOfAnotherTab = () =>
    new Promise((resolve) => {
      sessionHeard = resolve;
      setTimeout(resolve, A_MOMENT);
    });

  /** Settled when the shop has welcomed, or the connection has ended. */
  function hello() {
    const session = storage.read("session");
    const cursor = history.cursor(session?.session);
    connection.send({ type: "hello", language, token: session?.token, cursor, proof: session && proof });
    return new Promise((resolve) => {
      letGo = resolve;
    });
  }

  function heard(frame) {
    if (Object.hasOwn(handlers, frame.type)) handlers[frame.type](frame);
  }

  function ended() {
    round++;
    letGo?.();
    for (const { reject } of [...waiting.values()]) reject({ code: "closed" });
    stopTyping();
    turn(known.phase === "resting" ? "resting" : "lost");
  }

  function welcome(frame) {
    known.welcome = frame;
    history.belongTo(frame.session);
    const { session, token, expires_at, shop } = frame;
    storage.write("session", { session, token, expires_at, shop });
    letGo?.();
    connection.coming();
    awaitOpening();
    changed();
  }

  function past({ messages, cursor, complete }) {
    history.take(messages, cursor);
    // Of what is told again, too: what was said of it may have been lost with the connection.
    const unread = new Set(history.unread());
    const told = fromShop(messages);
    receipts.owe(
      "delivered",
      told.filter((id) => unread.has(id)),
    );
    receipts.owe(
      "read",
      told.filter((id) => !unread.has(id)),
    );
    if (complete) {
      proof = undefined;
      // Not at the welcome: where the history does not come, this is no connection to stay on.
      connection.settled(known.welcome?.ping_every);
      turn("ready");
      sender.wake();
      receipts.pay();
    } else connection.coming();
    changed();
  }

  function message({ message: one, cursor }) {
    // Said before the history is here, it tells nothing of what came before it: should the connection end now, that
    // would never be asked for.
    const [fresh] = history.take([one], ready() && cursor);
    receipts.owe("delivered", fromShop([one]));
    stopTyping();
    // Whoever answers is there, whatever was said when this page last asked.
    if (!one.automatic && known.welcome?.presence?.state !== "here") connection.hurry();
    if (fresh) {
      history.learnClock(one.at);
      said(one);
    }
    changed();
  }

  function typing({ name, seconds }) {
    known.typing = { name: String(name ?? "") };
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      stopTyping();
      changed();
    }, seconds * 1000);
    changed();
  }

  function stopTyping() {
    clearTimeout(quiet);
    known.typing = null;
  }

  function pong({ presence }) {
    if (presence && known.welcome) known.welcome = { ...known.welcome, presence };
    awaitOpening();
    changed();
  }

  /** What is said of the hours is asked for again the moment that they begin. */
  function awaitOpening() {
    clearTimeout(opening);
    const wait = (known.welcome?.presence?.opens_at ?? 0) * 1000 - Date.now() + A_MOMENT;
    if (wait > 0 && wait < SOON) opening = setTimeout(connection.hurry, wait);
  }

  function place() {
    return history.cursor(known.welcome?.session);
  }

  /** Sends a frame and gives its answer, by its `ref`. Throws the server's error frame; its code is `closed` where the connection ended. */
  function ask(frame) {
    return new Promise((resolve, reject) => {
      if (!ready()) return reject({ code: "closed" });
      const late = setTimeout(connection.drop, ANSWER_WITHIN);
      const settle = (outcome) => (value) => {
        clearTimeout(late);
        waiting.delete(frame.ref);
        outcome(value);
      };
      waiting.set(frame.ref, { resolve: settle(resolve), reject: settle(reject) });
      connection.send(frame);
    });
  }

  function taken(frame) {
    answer(frame);
    if (outbox.all().some(({ ref, files }) => ref === frame.ref && files?.length)) setTimeout(connection.hurry, LOOKED_AT);
  }

  function answer(frame) {
    waiting.get(frame.ref)?.resolve(frame);
  }

  function error(frame) {
    if (frame.code === "hello_first") return connection.drop();
    if (!ready()) return connection.leaveAlone(frame.retry_after ?? 0);
    waiting.get(frame.ref)?.reject(frame);
  }

  /** The `ref` of what was written. */
  function write(text, files) {
    const ref = outbox.add(text, files);
    start();
    sender.wake();
    changed();
    return ref;
  }

  function retry(ref) {
    outbox.retry(ref);
    sender.wake();
    changed();
  }

  function discard(ref) {
    outbox.remove(ref);
    changed();
  }

  function markRead(ids) {
    history.markRead(ids);
    receipts.owe("read", ids);
    changed();
  }

  async function leaveEmail(email) {
    const ref = outbox.nextRef("e");
    await ask({ type: "leave_email", ref, email });
    known.welcome = { ...known.welcome, email };
    changed();
  }

  function linkTo(id, index) {
    const ref = outbox.nextRef("o");
    return ask({ type: "open", ref, id, index });
  }

  if (storage.read("session")?.expires_at * 1000 < Date.now()) history.belongTo("");

  storage.follow((name) => {
    if (name === "history") history.adopt();
    if (name === "session") joinOtherTab();
    if (name.startsWith("out:")) sender.wake();
    changed();
  });

  /** Another tab is welcome as somebody: so is this one, then. */
  function joinOtherTab() {
    sessionHeard();
    const session = storage.read("session")?.session;
    if (known.phase === "resting" && !document.hidden) start();
    else if (session && known.welcome && session !== known.welcome.session) connection.drop();
  }

  return {
    known,
    start,
    rest,
    hurry: connection.hurry,
    ask,
    nextRef: outbox.nextRef,
    write,
    retry,
    discard,
    markRead,
    leaveEmail,
    linkTo,
    list: history.list,
    unread: history.unread,
    /** Whether anything has been said, or is about to be. */
    isVisited: () => Boolean(storage.read("session") || outbox.next()),
    isWaiting: () => Boolean(outbox.next()),
    shop: () => known.welcome?.shop ?? storage.read("session")?.shop ?? "",
  };
}

const fromShop = (messages) => messages.filter(({ from }) => from === "shop").map(({ id }) => id);
