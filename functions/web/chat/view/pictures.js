// Pictures in the conversation: small where they were said, large for whoever opens them.

import { say } from "../words.js";
import { h, icon, iconButton, isPage, setAttribute, setText } from "./dom.js";

const KINDS = ["image/jpeg", "image/png", "image/gif", "image/webp"];
/** Bytes. It is the file itself that is shown small: a larger one is fetched only by whoever opens it. */
const LARGEST = 6 * 1024 * 1024;

export const isPicture = ({ type, size }) => KINDS.includes(type) && size <= LARGEST;

/** `follow` opens a file where there is no picture to show. */
export function createPictures({ client, follow }) {
  const made = new Map();
  const previews = new Map();
  const viewer = h("dialog", { class: "viewer", testid: "viewer", on: { click: () => viewer.close() } });

  /** What the visitor has just sent need not come back from the shop to be seen. */
  function keep(ref, index, preview) {
    if (preview) previews.set(`${ref} ${index}`, preview);
  }

  /** Of one size whatever becomes of it, so that nothing moves; and the same element as long as the page lives. */
  function element(message, file, index, label) {
    const key = `${message.ref || message.id} ${index}`;
    if (!made.has(key)) made.set(key, create(key, file, index));
    const one = made.get(key);
    one.id = message.id;
    one.button.setAttribute("aria-label", label);
    setAttribute(one.button, "disabled", !one.id && !previews.has(key));
    return one.button;
  }

  function create(key, { name }, index) {
    const one = { key, index, name, id: "", asked: false };
    one.image = h("img", { alt: name, hidden: true, on: { load: () => loaded(one), error: () => failed(one) } });
    one.words = h("span", { class: "file-name" }, name);
    const stand = h("span", { class: "stand" }, icon("picture"), one.words);
    one.button = h("button", { type: "button", class: "picture", testid: "picture" }, stand, one.image);
    one.button.addEventListener("click", () => open(one));
    return one;
  }

  function loaded({ image }) {
    image.hidden = false;
  }

  function failed({ image }) {
    image.hidden = true;
    image.removeAttribute("src");
  }

  /** Asks for those that somebody is about to see; an address lives for minutes, so that the others wait. */
  function load(isNear) {
    for (const one of made.values()) if (!one.asked && one.button.isConnected && isNear(one.button)) fetchOne(one);
  }

  async function fetchOne(one) {
    const preview = previews.get(one.key);
    if (!preview && (!one.id || client.known.phase !== "ready")) return;
    one.asked = true;
    try {
      const url = preview ?? (await client.linkTo(one.id, one.index)).url;
      if (preview || isPage(url)) Object.assign(one.image, { referrerPolicy: "no-referrer", src: url });
    } catch ({ code }) {
      if (code === "closed") one.asked = false;
      if (code === "not_found") gone(one);
    }
  }

  function gone({ button, words }) {
    setText(words, say("goneFile"));
    button.disabled = true;
  }

  function open(one) {
    if (one.image.hidden) return one.id && follow(one.id, one.index, () => gone(one));
    const { name, image } = one;
    const shut = iconButton("close", { label: say("closePicture"), class: "tool", testid: "viewer-close" });
    viewer.setAttribute("aria-label", name);
    const large = h("img", { src: image.src, alt: name });
    viewer.replaceChildren(h("p", {}, h("span", { class: "file-name" }, name), shut), large);
    viewer.showModal();
  }

  return { element, keep, load, viewer };
}
