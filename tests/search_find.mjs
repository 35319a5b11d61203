// Searches a built site as its pages do: `node tests/search_find.mjs SITE < queries`, one query a line as JSON; gives one result a line, with the files that it took.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const [site, script] = process.argv.slice(2);
let loaded = [];
const fresh = () => {
  loaded = [];
  const context = vm.createContext({});
  const run = (file) => vm.runInContext(readFileSync(file, "utf8"), context, file);
  const head = {
    append: (element) => {
      const address = element.src.replace(/^.*?search\//, "search/");
      loaded.push(address);
      queueMicrotask(() => {
        run(join(site, address));
        element.listeners.load();
      });
    },
  };
  const createElement = () => ({ listeners: {}, addEventListener(name, listener) { this.listeners[name] = listener; } });
  Object.assign(context, { window: context, document: { head, createElement }, location: { protocol: "https:" }, queueMicrotask });
  run(script);
  return context.evidenceSearch;
};
const together = fresh();
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const result = await (process.argv.includes("--fresh") ? fresh() : together).find(JSON.parse(line), "");
  const files = [...loaded];
  for (const group of result.groups) group.all = await group.more(0, group.count);
  process.stdout.write(`${JSON.stringify({ ...result, files })}\n`);
}
