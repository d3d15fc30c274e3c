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
    const kept = new DataTransfer();
    for (const file of [...files.files]) kept.items.add(await smaller(file));
    files.files = kept.files;
  }

  const size = () => [...files.files].reduce((sum, file) => sum + file.size, 0);

  // What is larger than a request may be comes to nobody, and takes the words along: it is not sent at all.
  function refuseFiles() {
    const wrong = document.getElementById("files-wrong") ?? document.createElement("p");
    Object.assign(wrong, { id: "files-wrong", className: "wrong", textContent: files.dataset.large });
    files.after(wrong);
    files.setAttribute("aria-invalid", "true");
    files.setAttribute("aria-describedby", "files-hint files-wrong");
    files.focus();
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
    if (files && size() > Number(files.dataset.most)) {
      rest();
      refuseFiles();
      return;
    }
    form.submit();
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
