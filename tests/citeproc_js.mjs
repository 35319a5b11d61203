// Formats works with citeproc-js, which is not of this project: reads {"items": [...], "styles": {id: [CSL, locale]}}, and writes
// {"version": ..., "works": {id: {key: HTML}}}. Each work stands alone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import CSL from "citeproc";

const require = createRequire(import.meta.url);
const american = require("@citation-js/plugin-csl/lib/locales.json")["en-US"].replace(
  "<terms>", '<terms><term name="number" form="short"><single>no.</single><multiple>nos.</multiple></term>'); // new in CSL 1.0.2
// What our styles use of British terms and dates (github.com/citation-style-language/locales, locales-en-GB.xml).
const signs = { "“": "‘", "”": "’", "‘": "“", "’": "”" };
const british = american
  .replace('punctuation-in-quote="true"', 'punctuation-in-quote="false"')
  .replace(/(<term name="(?:open|close)-(?:inner-)?quote">)(.)/g, (_, term, sign) => term + signs[sign])
  .replace(/<single>ed\.<\/single>\s*<multiple>eds\.<\/multiple>/, "<single>edn</single><multiple>edns</multiple>")
  .replace(/<multiple>eds\.<\/multiple>/g, "<multiple>eds</multiple>")
  .replace(/<date form="text">.*?<\/date>/s,
    '<date form="text"><date-part name="day" suffix=" "/><date-part name="month" suffix=" "/><date-part name="year"/></date>');

const { items, styles } = JSON.parse(readFileSync(0, "utf8"));
const works = {};
for (const [id, [csl, locale]] of Object.entries(styles)) {
  works[id] = {};
  for (const item of items) {
    const source = { retrieveLocale: (name) => (name === "en-GB" ? british : american), retrieveItem: () => item };
    const engine = new CSL.Engine(source, csl, locale, true);
    engine.updateItems([item.id]);
    works[id][item.id] = engine.makeBibliography()[1].join("").trim();
  }
}
process.stdout.write(JSON.stringify({ version: require("citeproc/package.json").version, works }));
