// Puts the form into a page of the shop's, where this script's tag stands:
//
//   <script src="https://.../web/assets/embed.js" data-lang="es" async></script>
//
// Without data-lang, the form speaks the page's language.
"use strict";

(() => {
  const tag = document.currentScript;
  const address = new URL("/web/form", tag.src);
  const language = tag.dataset.lang || document.documentElement.lang.slice(0, 2);
  address.searchParams.set("embed", "1");
  if (language) address.searchParams.set("lang", language);

  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = tag.dataset.title || (language === "en" ? "Contact form" : "Formulario de contacto");
  frame.referrerPolicy = "no-referrer";
  frame.setAttribute("width", "100%");
  frame.setAttribute("height", "900");
  frame.setAttribute("frameborder", "0");
  tag.after(frame);

  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) return;
    if (event.data?.mostrador === "height") frame.setAttribute("height", String(Math.ceil(event.data.height) + 16));
  });
})();
