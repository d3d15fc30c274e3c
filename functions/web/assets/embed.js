// Puts the form into a page of the shop's, where this script's tag stands:
//
//   <script src="https://.../web/assets/embed.js" data-lang="es" async></script>
//
// Without data-lang the form speaks the page's language. It is dark where the page can be (CSS color-scheme) and the
// visitor's system is; data-theme="light" or "dark" decides otherwise.
"use strict";

(() => {
  const tag = document.currentScript;
  const address = new URL("/web/form", tag.src);
  const language = tag.dataset.lang || document.documentElement.lang.slice(0, 2);
  address.searchParams.set("embed", theme());
  if (language) address.searchParams.set("lang", language);

  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = tag.dataset.title || (language === "en" ? "Contact form" : "Formulario de contacto");
  frame.referrerPolicy = "no-referrer";
  frame.setAttribute("width", "100%");
  frame.setAttribute("height", "900");
  frame.setAttribute("frameborder", "0");
  tag.after(frame);

  // A page that says nothing of it is light, whatever the visitor's system is.
  function theme() {
    const able = getComputedStyle(document.documentElement).colorScheme.split(" ");
    if (tag.dataset.theme === "light" || tag.dataset.theme === "dark") return tag.dataset.theme;
    if (!able.includes("dark")) return "light";
    return able.includes("light") ? "1" : "dark";
  }

  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) return;
    if (event.data?.mostrador === "height") frame.setAttribute("height", String(Math.ceil(event.data.height) + 16));
    // What is wrong, or the thanks, stand at the top of the frame; whoever sent the form is at its end.
    if (event.data?.mostrador === "answer" && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  });
})();
