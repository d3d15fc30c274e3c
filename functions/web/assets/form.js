// What the pages do better with a script; without it they do the same, only plainer.
"use strict";

(() => {
  const LONGEST_SIDE = 2000; // Pixels: enough to see what is broken, small enough to travel.
  const form = document.querySelector("form");
  const files = document.querySelector('input[type="file"]');

  // After an answer of the server's: whoever listens hears what is wrong first, or that it was received.
  const first = document.querySelector('.errors, [role="status"]');
  if (first) {
    first.tabIndex = -1;
    first.focus();
  }

  // Pictures from a phone are larger than what can be sent: they are made smaller here, one by one.
  async function smaller(file) {
    if (!file.type.startsWith("image/") || file.type === "image/gif" || file.size < 900_000) return file;
    const picture = await createImageBitmap(file).catch(() => null);
    if (!picture) return file;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }

  async function makeRoom() {
    if (size() <= Number(files.dataset.most) && size() < 1_000_000) return;
    const chosen = [];
    for (const file of [...files.files]) chosen.push(await smaller(file));
    choose(chosen);
  }

  const size = () => [...files.files].reduce((sum, file) => sum + file.size, 0);

  function choose(chosen) {
    const kept = new DataTransfer();
    for (const file of chosen) kept.items.add(file);
    files.files = kept.files;
  }

  // The others stay chosen: as on the server, only what will not do has to be thought about.
  function leftOut(sentence, refused) {
    choose([...files.files].filter((file) => !refused.includes(file)));
    return sentence.replace("{names}", refused.map((file) => file.name).join(", "));
  }

  // What is larger than a request may be comes to nobody, and takes the words along.
  function wrongWithFiles() {
    const { types, files: most, many, large, type } = files.dataset;
    const chosen = [...files.files];
    const room = Math.max(0, most - document.querySelectorAll(".kept :checked").length);
    const refused = chosen.filter((file) => !types.split(" ").includes(file.type));
    if (refused.length) return leftOut(type, refused);
    if (chosen.length > room) return leftOut(many, chosen.slice(room));
    return size() > Number(files.dataset.most) ? large : "";
  }

  // What the server would send back is said before anything travels; it looks again at all of it.
  const wrongWith = (control) =>
    control === files ? wrongWithFiles() : (control.validity?.valueMissing && control.dataset.wrong) || "";
  const wrong = () => [...form.elements].map((control) => [control, wrongWith(control)]).filter(([, told]) => told);

  function mark(control, sentence) {
    const told = Object.assign(document.createElement("p"), { id: `${control.id}-wrong`, className: "wrong" });
    told.textContent = sentence;
    control.closest(".field").append(told);
    control.setAttribute("aria-invalid", "true");
    const hint = document.getElementById(`${control.id}-hint`);
    control.setAttribute("aria-describedby", [hint?.id, told.id].filter(Boolean).join(" "));
  }

  function forget() {
    document.querySelectorAll(".errors, .wrong").forEach((told) => told.remove());
    for (const control of form.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
      const hint = document.getElementById(`${control.id}-hint`);
      if (hint) control.setAttribute("aria-describedby", hint.id);
      else control.removeAttribute("aria-describedby");
    }
  }

  // As the server's page has it: what is wrong, each leading to its field.
  function explain(faults) {
    const told = Object.assign(document.createElement("div"), { className: "errors", tabIndex: -1 });
    told.setAttribute("role", "alert");
    const general = document.createElement("p");
    general.textContent = form.dataset.errors;
    const list = document.createElement("ul");
    for (const [control, sentence] of faults) {
      mark(control, sentence);
      const link = Object.assign(document.createElement("a"), { href: `#${control.id}`, textContent: sentence });
      list.append(document.createElement("li"));
      list.lastChild.append(link);
    }
    told.append(general, list);
    form.before(told);
    told.focus();
    if (window.parent !== window) window.parent.postMessage({ mostrador: "answer" }, "*");
  }

  function rest() {
    sending = false;
    const button = form.querySelector("button");
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.idle;
  }

  let sending = false;
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    const button = form.querySelector("button");
    button.dataset.idle = button.textContent;
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.busy;
    // A browser that cannot make them smaller sends them as they are.
    if (files) await makeRoom().catch(() => {});
    forget();
    const faults = wrong();
    if (!faults.length) return form.submit();
    rest();
    explain(faults);
  });

  // Back from the next page: the browser shows this one as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && sending) rest();
  });

  // Inside the shop's page: the frame becomes as high as what is in it.
  if (window.parent !== window) {
    const tell = () => window.parent.postMessage({ mostrador: "height", height: document.body.scrollHeight }, "*");
    new ResizeObserver(tell).observe(document.body);
    tell();
    if (first) window.parent.postMessage({ mostrador: "answer" }, "*");
  }
})();
