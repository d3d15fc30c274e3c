// Amounts, which are in hundredths everywhere, as people write them.

import { currentLanguage } from "./phrases.js";

export const money = (hundredths, currency) =>
  new Intl.NumberFormat(currentLanguage() === "es" ? "es-ES" : "en-GB", { style: "currency", currency }).format(
    hundredths / 100,
  );
