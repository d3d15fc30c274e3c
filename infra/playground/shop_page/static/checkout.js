// The last step of a purchase: who buys. The order is a real one of this shop's, and the counter hears of it.

import { h } from "./dom.js";
import { money, say } from "./words.js";

/** `bought` is told, in a sentence, what became of it. */
export function checkout(total, basket, bought) {
  const name = field("name", { autocomplete: "name" });
  const mail = field("mail", { type: "email", autocomplete: "email" });
  const wrong = h("p", { className: "wrong", role: "alert" });
  const send = h("button", { type: "submit" }, say("confirm", money(total)));
  send.dataset.testid = "site-confirm";
  const form = h("form", { className: "buyer" }, name, mail, h("p", { className: "stock" }, say("noCharge")), wrong, send);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    const said = Object.fromEntries(new FormData(form));
    const order = await place({ ...said, wanted: Object.fromEntries(basket) });
    if (order) return bought(say("thanks", said.name, order.number));
    send.disabled = false;
    wrong.textContent = say("notPlaced");
  });
  return form;
}

async function place(order) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/api/shop/buy", { method: "POST", headers, body: JSON.stringify(order) }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

function field(name, more) {
  const control = h("input", { id: `buyer-${name}`, name, required: true, maxLength: 80, ...more });
  return h("p", { className: "field" }, h("label", { htmlFor: control.id }, say(name)), control);
}
