// What the shop says in its script tag. docs/connect/chat.md has the table of these attributes.

const SPANISH_IS_READ_IN = ["es", "ca", "gl", "eu", "ast"];

/** The settings of the tag; null, with a sentence in the console, where the address is missing. */
export function readTag({ dataset }) {
  if (!/^wss?:\/\//.test(dataset.url ?? "")) {
    console.error("Mostrador: the script tag needs data-url, the address of the chat (the stack's output ChatUrl).");
    return null;
  }
  return {
    url: dataset.url,
    language: dataset.language || document.documentElement.lang || navigator.language || "es",
    color: dataset.color ?? "",
    theme: ["light", "dark"].includes(dataset.theme) ? dataset.theme : "auto",
    side: dataset.position === "left" ? "left" : "right",
  };
}

/** What a link from a mail brought here. It is taken out of the address, which people copy and pass on. */
export function takeProof() {
  const [, proof] = location.hash.match(/^#mostrador-chat=([a-z2-7]{1,64})$/) ?? [];
  if (proof) history.replaceState(history.state, "", location.pathname + location.search);
  return proof;
}

/** The one of our two languages for somebody who reads this one. */
export function ownLanguage(language) {
  return SPANISH_IS_READ_IN.includes(language.toLowerCase().split("-")[0]) ? "es" : "en";
}
