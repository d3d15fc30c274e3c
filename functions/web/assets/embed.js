// Puts the form into a page of the shop's, where this script's tag stands:
//
//   <script src="https://.../web/assets/embed.js" data-lang="es" async></script>
//
// Without data-lang the form speaks the page's language. It is dark where the page's own text is light; data-theme says
// "light" or "dark" where that guess is wrong.
"use strict";

(() => {
  const tag = document.currentScript;
  const address = new URL("/web/form", tag.src);
  const language = tag.dataset.lang || document.documentElement.lang.slice(0, 2);

  function theme() {
    if (tag.dataset.theme === "light" || tag.dataset.theme === "dark") return tag.dataset.theme;
    const brush = document.createElement("canvas").getContext("2d"); // It reads every way to write a colour.
    brush.fillStyle = getComputedStyle(tag.parentElement).color;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
    return red + green + blue > 3 * 127 ? "dark" : "light";
  }

  function show() {
    const scheme = theme();
    address.searchParams.set("embed", scheme);
    if (language) address.searchParams.set("lang", language);
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.style.colorScheme = scheme; // Where the two differ, browsers put a ground of their own between them.
    frame.title = tag.dataset.title || (language === "en" ? "Contact form" : "Formulario de contacto");
    frame.referrerPolicy = "no-referrer";
    frame.setAttribute("width", "100%");
    frame.setAttribute("height", "900");
    frame.setAttribute("frameborder", "0");
    tag.after(frame);
    window.addEventListener("message", (event) => {
      if (event.source === frame.contentWindow && event.origin === address.origin) hear(frame, event.data);
    });
  }

  function hear(frame, said) {
    if (said?.mostrador === "height") frame.setAttribute("height", String(Math.ceil(said.height) + 16));
    // What is wrong, or the thanks, stand at the top of the frame; whoever sent the form is at its end.
    if (said?.mostrador === "answer" && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  }

  // The page's colours are known once its style sheets are there.
  const styled = [...document.querySelectorAll('link[rel="stylesheet"]')].every((link) => link.sheet);
  if (styled || document.readyState === "complete") show();
  else window.addEventListener("load", show);
})();
