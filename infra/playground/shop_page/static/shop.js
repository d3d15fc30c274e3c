// La Tinaja's own page: what there is, and a basket that lasts as long as the tab.

import { checkout } from "./checkout.js";
import { h } from "./dom.js";
import { day, language, money, say } from "./words.js";

const KEY = "tinaja.basket";
const FEW = 12;

const list = document.getElementById("list");
const lines = document.getElementById("lines");
const count = document.getElementById("count");
const call = document.getElementById("call");
const basket = new Map(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
let goods = [];

for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
for (const element of document.querySelectorAll("[data-name]")) element.ariaLabel = say(element.dataset.name);
const other = document.querySelector(".language");
other.textContent = say("other");
other.lang = language === "es" ? "en" : "es";
other.href = `?lang=${other.lang}`;
// The form does not let itself be shown inside of another page.
if (top !== self) for (const link of document.querySelectorAll('a[href^="/web/"]')) link.target = "_blank";
const ask = document.getElementById("ask");
ask.addEventListener("click", () => document.dispatchEvent(new Event("mostrador:open")));
document.querySelector(".doubt").hidden = !document.querySelector("script[data-url]");

goods = await (await fetch("/tienda/piezas")).json();
list.append(...goods.map(piece));
render();

function piece(product) {
  const add = h("button", { type: "button", ariaLabel: say("addNamed", product.title) }, say("add"));
  add.disabled = product.available === 0;
  add.dataset.testid = "site-add";
  add.addEventListener("click", () => change(product.id, 1));
  const picture = h("img", { src: `/tienda/static/pieces/${product.id}.svg`, alt: "", width: 200, height: 160 });
  return h(
    "li",
    { className: "piece" },
    picture,
    h("h3", {}, product.title),
    h("p", { className: "stock" }, stock(product)),
    h("p", { className: "buy" }, h("span", { className: "price" }, money(product.price)), add),
  );
}

function stock({ available, expected_at: expected }) {
  if (available === null) return say("free");
  if (!available) return say("none", day(expected));
  return available > FEW ? say("many") : say("few", available);
}

function change(id, by) {
  const pieces = (basket.get(id) ?? 0) + by;
  if (pieces > 0) basket.set(id, pieces);
  else basket.delete(id);
  sessionStorage.setItem(KEY, JSON.stringify([...basket]));
  render();
}

function render() {
  const chosen = goods.filter(({ id }) => basket.has(id));
  const total = chosen.reduce((sum, { id, price }) => sum + price * basket.get(id), 0);
  count.textContent = String(chosen.reduce((sum, { id }) => sum + basket.get(id), 0));
  call.dataset.basket = (total / 100).toFixed(2);
  lines.replaceChildren(...(chosen.length ? [...chosen.map(line), sum(total)] : [h("p", {}, say("empty"))]));
}

function bought(sentence) {
  basket.clear();
  sessionStorage.removeItem(KEY);
  render();
  const thanks = h("p", { className: "thanks", role: "status", tabIndex: -1 }, sentence);
  lines.replaceChildren(thanks);
  thanks.focus();
}

function line({ id, title, price }) {
  const less = h("button", { type: "button", className: "quiet less", ariaLabel: say("less", title) }, "−");
  less.addEventListener("click", () => change(id, -1));
  const words = h("span", {}, `${basket.get(id)} × ${title}`);
  return h("p", { className: "line" }, words, h("span", { className: "price" }, money(price * basket.get(id))), less);
}

function sum(total) {
  const pay = h("button", { type: "button" }, say("order"));
  pay.dataset.testid = "site-checkout";
  pay.addEventListener("click", () => {
    const form = checkout(total, basket, bought);
    pay.replaceWith(form);
    form.querySelector("input").focus();
  });
  const amount = h("p", { className: "line total" }, h("span", {}, say("total")), h("strong", {}, money(total)));
  return h("div", {}, amount, h("p", { className: "stock" }, say("delivery")), pay);
}
