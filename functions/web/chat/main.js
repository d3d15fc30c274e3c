// The script tag's one file begins here.

import { mount } from "./widget.js";

const script = document.currentScript;

if (document.body) mount(script);
else addEventListener("DOMContentLoaded", () => mount(script));
