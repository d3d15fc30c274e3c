// Tells the shop what arrived in the page and what was on the screen.

const GATHERED_FOR = 300;
const MOST_AT_ONCE = 50;

export function createReceipts({ send, ready }) {
  const owed = { delivered: new Set(), read: new Set() };
  let timer = 0;

  function owe(state, ids) {
    for (const id of ids) owed[state].add(id);
    if (ids.length) timer ||= setTimeout(pay, GATHERED_FOR);
  }

  function pay() {
    timer = 0;
    if (!ready()) return;
    for (const id of owed.read) owed.delivered.delete(id);
    for (const state of ["delivered", "read"]) {
      const ids = [...owed[state]];
      owed[state].clear();
      for (let i = 0; i < ids.length; i += MOST_AT_ONCE) {
        send({ type: "receipt", ids: ids.slice(i, i + MOST_AT_ONCE), state });
      }
    }
  }

  return { owe, pay };
}
