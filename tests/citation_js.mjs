// Reads references with citation-js, which is not of this project, and writes them as CSL-JSON: `node tests/citation_js.mjs @ris/file < x.ris`.
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

const [kind] = process.argv.slice(2);
const found = new Cite(readFileSync(0, "utf8"), { generateGraph: false, ...(kind && { forceType: kind }) });
process.stdout.write(JSON.stringify(found.data));
