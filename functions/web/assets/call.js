// Puts a button that asks for a call into a page of the shop's, where this script's tag stands, whenever the shop's
// policy offers one:
//
//   <script src="https://.../web/assets/call.js" data-lang="es" data-basket="84.50" async></script>
//
// data-basket is what somebody is about to buy, in the shop's currency. Whenever the page changes it, the button comes or
// goes. Without data-lang, the button speaks the page's language.
"use strict";

(() => {
  const tag = document.currentScript;
  const place = document.createElement("p");
  const button = document.createElement("a");
  const when = document.createElement("small");
  place.className = "mostrador-call";
  place.hidden = true;
  button.target = "_blank";
  button.rel = "noopener";
  place.append(button, " ", when);
  tag.after(place);

  const address = (page) => {
    const url = new URL(`/web/${page}`, tag.src);
    const language = tag.dataset.lang || document.documentElement.lang.slice(0, 2);
    if (language) url.searchParams.set("lang", language);
    return url;
  };

  let latest = 0;
  async function look() {
    const mine = ++latest;
    const basket = Number(tag.dataset.basket) || 0;
    // The browser keeps the answer for a minute: a basket that changes often asks no more often than that.
    const offer = await fetch(address("offer")).then((answer) => answer.ok && answer.json(), () => null);
    if (mine !== latest) return;
    place.hidden = !offer || offer.basket_from === null || basket < offer.basket_from;
    if (place.hidden) return;
    const page = address("call");
    if (basket) page.searchParams.set("basket", basket.toFixed(2));
    button.href = page.href;
    button.textContent = offer.button;
    when.textContent = offer.when;
  }

  new MutationObserver(look).observe(tag, { attributeFilter: ["data-basket", "data-lang"] });
  // Whoever comes back to a tab of this morning's is not promised what was true then.
  document.addEventListener("visibilitychange", () => document.hidden || look());
  look();
})();
