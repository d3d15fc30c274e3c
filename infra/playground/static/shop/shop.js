// The web shop: what its customers buy, and what its own people do with orders, customers and stock.

import { timeElement } from "../dates.js";
import { h, patchList, patchOne } from "../dom.js";
import { icon } from "../icons.js";
import { money } from "../money.js";
import { avatar } from "../people.js";
import { createPersonPicker } from "../picker.js";
import { phrase } from "../phrases.js";
import { getView, getWorld, look } from "../state.js";
import { createBasket } from "./basket.js";
import { orderItem } from "./order.js";
import { createTags } from "./tags.js";

export function createWebShop() {
  const picker = createPersonPicker({
    testid: "shop-customer-select",
    name: "shop.customer",
    choose: (customer) => look({ customer }),
  });
  const sum = h("p", { class: "shop-sum", testid: "shop-sum" });
  const tags = createTags();
  const orders = h("ul", { class: "shop-orders", role: "list", name: "shop.orders", testid: "shop-orders" });
  const none = h("div");
  const basket = createBasket();
  const told = h("div", { class: "shop-told", role: "status", testid: "shop-told" });
  const element = h(
    "section",
    { class: "card web-shop", "aria-labelledby": "web-shop-heading", testid: "web-shop" },
    h("h2", { id: "web-shop-heading", class: "unseen", phrase: "shop.title" }),
    h("header", { class: "shop-bar" }, picker.element, sum, tags.element),
    h(
      "div",
      { class: "shop-body" },
      h("div", { class: "shop-part" }, h("h3", { phrase: "shop.orders" }), none, orders),
      h("div", { class: "shop-part" }, h("h3", { phrase: "shop.goods" }), basket.element),
    ),
    told,
  );

  function render() {
    const { web_shop: shop } = getWorld();
    const customer = currentCustomer(shop);
    if (!customer) return;
    picker.render(shop.customers.map(customerOption), customer.id);
    sum.textContent = phrase("shop.sum", customer.orders, money(customer.spent, shop.currency));
    tags.render(customer);
    const theirs = shop.orders.filter((order) => order.customer.mail === customer.mail);
    patchList(orders, theirs, { key: ({ id }) => id, build: (order) => orderItem(order, shop.currency) });
    patchOne(none, theirs.length ? null : customer, customer.id, () =>
      h("p", { class: "shop-none" }, phrase("shop.noOrders", customer.name.split(" ")[0])),
    );
    basket.render(shop, customer);
    renderTold(told, shop);
  }

  return { element, render };
}

const currentCustomer = ({ customers }) => customers.find(({ id }) => id === getView().customer) ?? customers[0];

const customerOption = ({ id, name, company, mail }) => ({
  value: id,
  title: name,
  detail: company || mail,
  label: company ? `${name} · ${company}` : name,
  face: () => avatar(name, { round: true }),
});

/** What the counter answered when the shop told it of the last change. */
function renderTold(told, { heard }) {
  const call = getWorld().traffic.findLast(({ name }) => name.endsWith("/webhooks/shop"));
  const good = heard && (!call || call.status < 300);
  patchOne(told, true, JSON.stringify([call?.id, call?.status, good]), () =>
    h(
      "p",
      { class: good ? "told" : "told untold" },
      icon(good ? "check" : "warning"),
      h("span", {}, phrase(toldWords(call, good))),
      call && h("span", { class: "told-call" }, `POST /webhooks/shop · ${call.status || "—"} · ${call.ms} ms · `),
      call && timeElement("ago", call.at),
    ),
  );
}

const toldWords = (call, good) => {
  if (!call) return "shop.nothingTold";
  return good ? "shop.told" : "shop.untold";
};
