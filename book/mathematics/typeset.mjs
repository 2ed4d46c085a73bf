// Typesets formulas with MathJax: node typeset.mjs MATHJAX FONTS
//
// Each line that comes in is a formula as JSON, {tex, display}, or null, which asks for the style sheet of all that
// came before; each is answered by a line, {html} or {error}. FONTS is where the fonts lie, seen from the style sheet.

import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [folder, fontURL] = process.argv.slice(2);
const { init } = createRequire(import.meta.url)(join(folder, "node-main.js"));
const MathJax = await init({
  loader: { versionWarnings: false, load: ["adaptors/liteDOM", "input/tex", "output/chtml", "a11y/assistive-mml"] },
  tex: {
    packages: { "[-]": ["noundefined", "noerrors"] },
    formatError: (tex, error) => { throw error; },
  },
  chtml: { fontURL },
  startup: { typeset: false },
});
const { adaptor } = MathJax.startup;

async function answer(formula) {
  if (formula === null) return { html: adaptor.textContent(MathJax.chtmlStylesheet()) };
  try {
    return { html: adaptor.outerHTML(await MathJax.tex2chtmlPromise(formula.tex, { display: formula.display })) };
  } catch (error) {
    return { error: error.message };
  }
}

for await (const line of createInterface(process.stdin)) console.log(JSON.stringify(await answer(JSON.parse(line))));
