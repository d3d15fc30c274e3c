// Brings what was written to the shop, one message at a time over all tabs: the protocol asks for that.

import { alone } from "./storage.js";

/** Errors after which the same thing is sent again by itself. */
const PASSING = new Set(["slow_down", "try_again"]);
/** Errors after which the visitor has to change something first. */
const CORRIGIBLE = new Set(["too_long", "too_many_files", "file_too_large", "file_type", "file_unknown", "empty"]);
const SOMEWHAT_LATER = 3;

/** `ask` sends a frame and gives its answer; it throws the server's error frame. `ready` says whether that makes sense. */
export function createSender({ outbox, ask, ready, changed }) {
  let running = false;

  function wake() {
    if (running || !ready() || !outbox.next()) return;
    running = true;
    alone("outbox", drain).finally(() => {
      running = false;
      wake();
    });
  }

  async function drain() {
    for (let item = outbox.next(); item && ready(); item = outbox.next()) await deliver(item);
  }

  async function deliver({ ref, text, files, page }) {
    try {
      await ask({ type: "send", ref, text, files: files.map(({ file }) => file), page });
      outbox.sent(ref);
    } catch (error) {
      if (PASSING.has(error.code)) await seconds(error.retry_after || SOMEWHAT_LATER);
      else if (error.code !== "closed") outbox.failed(ref, String(error.text ?? ""), !CORRIGIBLE.has(error.code));
    }
    changed();
  }

  return { wake };
}

const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));
