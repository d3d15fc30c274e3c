// One order, and what can be done with it as it is.

import { post } from "../api.js";
import { timeElement } from "../dates.js";
import { button, h } from "../dom.js";
import { money } from "../money.js";
import { phrase } from "../phrases.js";
import { refresh } from "../state.js";
import { attempt } from "../toast.js";

export function orderItem(order, currency) {
  const { id, number, placed_at, status, total, refunded, lines, parcels, possible } = order;
  return h(
    "li",
    { class: "order", testid: "shop-order", data: { orderId: id, status } },
    h(
      "p",
      { class: "order-head" },
      h("strong", {}, number),
      h("span", { class: `order-status ${status}`, testid: "shop-order-status" }, phrase(`shop.status.${status}`)),
      timeElement("moment", placed_at, { class: "order-when" }),
    ),
    h("p", { class: "order-lines" }, lines.map(({ title, quantity }) => `${quantity} × ${title}`).join(" · ")),
    h(
      "p",
      { class: "order-sum" },
      h("strong", {}, money(total, currency)),
      refunded > 0 && h("span", {}, phrase("shop.refunded", money(refunded, currency))),
    ),
    parcels.map(parcelLine),
    possible.length > 0 && h("div", { class: "order-deeds" }, possible.map((deed) => deedButton(order, deed))),
  );
}

const parcelLine = ({ carrier, number }) => h("p", { class: "order-parcel" }, `${carrier} · ${number}`);

function deedButton({ id, number }, deed) {
  const click = async (event) => {
    event.currentTarget.disabled = true;
    await attempt(() => post("/api/shop/order", { order: id, do: deed }));
    await refresh();
  };
  const said = phrase(`shop.do.${deed}`);
  const props = { class: "deed", testid: "shop-do", data: { do: deed, name: `${id} ${deed}` }, click };
  return button({ ...props, "aria-label": `${said}: ${number}` }, said);
}
