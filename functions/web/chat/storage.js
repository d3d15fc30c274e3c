// What survives a reload, and what the tabs of one page share.

const PREFIX = "mostrador-chat:";

/**
 * Values by name, in localStorage. Where the browser forbids that, or there is no room, they live as long as the page.
 * Every value has a name of its own that one write replaces, because two tabs may write at once.
 */
export function createStorage() {
  const area = usable(() => localStorage);
  const memory = new Map();

  function read(name) {
    if (memory.has(name)) return memory.get(name);
    return parsed(area?.getItem(PREFIX + name));
  }

  function write(name, value) {
    try {
      area.setItem(PREFIX + name, JSON.stringify(value));
      memory.delete(name);
    } catch {
      memory.set(name, value);
    }
  }

  function remove(name) {
    memory.delete(name);
    area?.removeItem(PREFIX + name);
  }

  function names(beginning) {
    const kept = area ? Object.keys(area).filter((key) => key.startsWith(PREFIX + beginning)) : [];
    return [...new Set([...kept.map((key) => key.slice(PREFIX.length)), ...memory.keys()])].filter((name) =>
      name.startsWith(beginning),
    );
  }

  /** `changed` hears the name of what another tab wrote. */
  function follow(changed) {
    addEventListener("storage", ({ key, storageArea }) => {
      if (storageArea === area && (key === null || key.startsWith(PREFIX))) changed(key?.slice(PREFIX.length) ?? "");
    });
  }

  return { read, write, remove, names, follow };
}

/** What belongs to this tab alone: whether the panel stands open, and what is half written. */
export function createTabStorage() {
  const area = usable(() => sessionStorage);
  return {
    read: (name) => parsed(area?.getItem(PREFIX + name)),
    write(name, value) {
      try {
        area.setItem(PREFIX + name, JSON.stringify(value));
      } catch {
        // Nothing is lost but a convenience of the next page.
      }
    },
  };
}

/**
 * Does `work` while no other tab does something under the same name; where tabs cannot agree, at once. It is told
 * whether it had to wait for another tab.
 */
export async function alone(name, work) {
  if (!navigator.locks) return work(false);
  let waits = false;
  const first = (lock) => (lock ? work(false) : (waits = true));
  const done = await navigator.locks.request(PREFIX + name, { ifAvailable: true }, first);
  return waits ? navigator.locks.request(PREFIX + name, () => work(true)) : done;
}

function usable(area) {
  try {
    area().setItem(`${PREFIX}?`, "");
    area().removeItem(`${PREFIX}?`);
    return area();
  } catch {
    return null;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
