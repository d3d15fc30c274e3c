// What the shop sells: how much of it is left, and how much of it goes into the basket.

import { post } from "../api.js";
import { button, h, patchList } from "../dom.js";
import { icon } from "../icons.js";
import { money } from "../money.js";
import { phrase } from "../phrases.js";
import { getWorld, refresh } from "../state.js";
import { attempt } from "../toast.js";

const RESTOCKED = 10; // pieces that come at a time

export function createBasket() {
  const list = h("ul", { class: "goods", role: "list" });
  const words = h("span");
  const buy = button({ class: "button primary buy", testid: "shop-buy", click: order }, icon("basket"), words);
  const element = h("div", { class: "basket" }, list, buy);
  const wanted = new Map(); // product -> pieces
  let mail = null;

  async function order() {
    buy.disabled = true;
    const request = { mail, wanted: Object.fromEntries(wanted) };
    if (await attempt(() => post("/api/shop/buy", request))) wanted.clear();
    await refresh();
  }

  function want(product, pieces) {
    if (pieces > 0) wanted.set(product.id, pieces);
    else wanted.delete(product.id);
    show(getWorld().web_shop);
  }

  function show({ products, currency }) {
    const items = products.map((product) => ({ product, currency, pieces: wanted.get(product.id) ?? 0 }));
    patchList(list, items, { key: ({ product }) => product.id, build: (item) => productItem(item, want) });
    const total = items.reduce((sum, { product, pieces }) => sum + pieces * product.price, 0);
    buy.disabled = !total;
    words.textContent = total ? phrase("shop.buyFor", money(total, currency)) : phrase("shop.buy");
  }

  function render(shop, customer) {
    if (customer.mail !== mail) wanted.clear();
    mail = customer.mail;
    show(shop);
  }

  return { element, render };
}

function productItem({ product, currency, pieces }, want) {
  const { id, title, price, available } = product;
  const soldOut = available !== null && pieces >= available;
  return h(
    "li",
    { class: "product", testid: "shop-product", data: { productId: id } },
    h(
      "div",
      { class: "product-words" },
      h("span", { class: "product-title" }, title),
      h("span", { class: "product-facts" }, money(price, currency), " · ", stockWords(available), " ", restock(product)),
    ),
    h(
      "div",
      { class: "stepper" },
      step("shop.less", "minus", pieces === 0, product, () => want(product, pieces - 1)),
      h("output", { class: "pieces", "aria-label": phrase("shop.pieces", title) }, String(pieces)),
      step("shop.more", "plus", soldOut, product, () => want(product, pieces + 1)),
    ),
  );
}

function stockWords(available) {
  if (available === null) return phrase("shop.uncounted");
  return h("span", { class: available ? "" : "sold-out" }, phrase("shop.left", available));
}

function restock({ id, title, available }) {
  if (available === null) return null;
  const click = async () => {
    await attempt(() => post("/api/shop/stock", { product: id, available: available + RESTOCKED }));
    await refresh();
  };
  const props = { class: "restock", testid: "shop-restock", data: { name: `restock ${id}` }, click };
  return button({ ...props, "aria-label": phrase("shop.restockOf", RESTOCKED, title) }, `+${RESTOCKED}`);
}

const step = (key, drawn, disabled, { id, title }, click) =>
  button(
    {
      class: "step",
      testid: key.replace(".", "-"),
      data: { name: `${key} ${id}` },
      disabled,
      "aria-label": `${phrase(key)}: ${title}`,
      click,
    },
    icon(drawn),
  );
