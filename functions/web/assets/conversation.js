// What is said while somebody looks at a conversation's own page shows up by itself. It asks for the same page again and
// takes over what was said; as long as there is nothing new, the answer is empty. Without it, people reload.
"use strict";

(() => {
  const FIRST = 4_000; // Milliseconds: somebody who has just come, or written, waits for something.
  const SLOWEST = 60_000;
  const GROWTH = 1.4;
  const PATIENCE = 20_000;
  const said = document.getElementById("said");
  if (!said) return;
  let { tag } = said.dataset;
  let pause = FIRST;
  let timer = 0;
  let asking = false;

  // Message by message, so that only what is new is read out, and whoever stands on a link to a file stays there.
  function takeOver(page) {
    const fresh = page.getElementById("said");
    const list = said.querySelector("ol");
    const messages = [...fresh.querySelector("ol").children];
    messages.forEach((message, place) => {
      const shown = list.children[place];
      if (!shown) list.append(message);
      else if (!shown.isEqualNode(message)) shown.replaceWith(message);
    });
    while (list.children.length > messages.length) list.lastElementChild.remove();
    said.querySelector(".note")?.remove();
    said.append(...fresh.querySelectorAll(".note"));
    if (!page.getElementById("soon")) document.getElementById("soon")?.remove();
  }

  async function fetched() {
    const headers = { "If-None-Match": tag };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(said.dataset.from, { headers, signal, cache: "no-store", redirect: "error" });
    if (answer.status === 200) {
      takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
      tag = answer.headers.get("ETag") ?? "";
      pause = FIRST;
    }
    return answer.status;
  }

  async function ask() {
    if (asking) return;
    asking = true;
    const status = await fetched().catch(() => 0);
    asking = false;
    // The link has run out, or the conversation was erased: nothing more will come.
    if (status !== 404) wait();
  }

  function wait() {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(ask, pause);
    pause = Math.min(pause * GROWTH, SLOWEST);
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) return;
    pause = FIRST;
    ask();
  });
  wait();
})();
