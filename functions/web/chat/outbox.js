// What the visitor wrote, from the moment of writing until the shop's history brings it back.
//
// Each message lies under a name of its own, so that no tab can overwrite what another one wrote. A `ref` is never used
// twice: the server takes the second message under it for the first one, sent again.

const MOST_SENT = 100;
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

export function createOutbox(storage) {
  // New with every page and kept nowhere: a tab that is duplicated would otherwise share it with its copy.
  const tab = randomName(12);
  let number = 0;

  const nextRef = (kind = "") => `${tab}-${kind}${++number}`;
  const all = () =>
    storage
      .names("out:")
      .map((name) => storage.read(name))
      .filter((item) => item?.ref && Array.isArray(item.files))
      .sort((one, other) => one.at - other.at || one.order - other.order);
  const change = (ref, state) => {
    const item = storage.read(`out:${ref}`);
    if (item) storage.write(`out:${ref}`, { ...item, problem: "", again: false, ...state });
  };

  return {
    nextRef,
    all,
    add(text, files) {
      const ref = nextRef();
      const item = { ref, text, files, page: here(), at: Date.now() / 1000, order: number, state: "waiting" };
      storage.write(`out:${ref}`, item);
      return ref;
    },
    /** The oldest that is not with the shop yet. */
    next: () => all().find(({ state }) => state === "waiting"),
    sent(ref) {
      change(ref, { state: "sent" });
      const shown = all().filter(({ state }) => state === "sent");
      for (const old of shown.slice(0, -MOST_SENT)) storage.remove(`out:${old.ref}`);
    },
    failed: (ref, problem, again) => change(ref, { state: "failed", problem, again }),
    retry: (ref) => change(ref, { state: "waiting" }),
    remove: (ref) => storage.remove(`out:${ref}`),
  };
}

/** Where the visitor is. Query and fragment stay here: they may hold tokens, and what somebody searched for. */
const here = () => ({
  address: (location.origin + location.pathname).slice(0, 500),
  title: document.title.trim().slice(0, 200),
});

function randomName(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join("");
}
