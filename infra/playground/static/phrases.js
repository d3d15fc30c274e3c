// Every word that the page itself says, in both languages. A phrase is a text, or a function of what it mentions.

import { EN } from "./phrases/en.js";
import { ES } from "./phrases/es.js";

const PHRASES = { es: ES, en: EN };

const KEY = "mostrador.language";
let language = localStorage.getItem(KEY) ?? (navigator.language.startsWith("es") ? "es" : "en");

export const currentLanguage = () => language;

/** Sets the page's language ("es" or "en"; anything else is English). Returns whether it changed. */
export function useLanguage(wanted) {
  const known = wanted in PHRASES ? wanted : "en";
  document.documentElement.lang = known;
  if (known === language) return false;
  language = known;
  localStorage.setItem(KEY, known);
  return true;
}

/** The phrase `key` in the current language. An unknown key is a mistake in the page: it throws. */
export function phrase(key, ...mentions) {
  const found = PHRASES[language][key];
  if (found === undefined) throw new Error(`No phrase ${key} in ${language}`);
  return typeof found === "function" ? found(...mentions) : found;
}
