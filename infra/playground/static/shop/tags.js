// What the shop calls a customer. The policy may find them by it: "mayorista" makes a wholesaler.

import { post } from "../api.js";
import { button, h, patchList } from "../dom.js";
import { icon } from "../icons.js";
import { phrase } from "../phrases.js";
import { refresh } from "../state.js";
import { attempt } from "../toast.js";

export function createTags() {
  const list = h("ul", { class: "tag-list", role: "list", name: "shop.tags" });
  const text = h("input", { type: "text", class: "tag-text", testid: "shop-tag-text", maxlength: "40" });
  const form = h("form", { class: "tag-form", on: { submit: add } }, text);
  const element = h("div", { class: "tags" }, list, form);
  let customer = null;

  async function set(tags) {
    await attempt(() => post("/api/shop/tags", { customer: customer.id, tags }));
    await refresh();
  }

  async function add(event) {
    event.preventDefault();
    const tag = text.value.trim();
    if (!tag) return;
    text.value = "";
    await set([...customer.tags, tag]);
  }

  function render(shown) {
    if (customer?.id !== shown.id) text.value = "";
    customer = shown;
    text.placeholder = phrase("shop.addTag");
    text.setAttribute("aria-label", phrase("shop.addTagTo", customer.name));
    const remove = (tag) => set(customer.tags.filter((each) => each !== tag));
    patchList(list, customer.tags, { key: (tag) => tag, build: (tag) => tagItem(tag, remove) });
  }

  return { element, render };
}

const tagItem = (tag, remove) =>
  h(
    "li",
    { class: "tag", testid: "shop-tag" },
    tag,
    button(
      { class: "chip-remove", data: { name: tag }, "aria-label": phrase("shop.removeTag", tag), click: () => remove(tag) },
      icon("close"),
    ),
  );
