// The list of references as a workbench: find, filter, sort, take away what is shown. Without this script the whole list is shown, or the way to its parts.
(() => {
  "use strict";
  const place = document.querySelector(".workbench");
  const heading = document.getElementById("all");
  if (!place || !heading) return;

  const MORE = 200; // so many of a list in parts are shown at once
  const NO_YEAR = "none";
  const FACETS = {
    kind: _("Kind of source"),
    about: _("Nation the source is about"),
    cited: _("Nation of the citing passages"),
    access: _("Access"),
    standing: _("What has become of it"),
  };
  const SORTS = [["", _("Author")], ["newest", _("Year, newest first")], ["oldest", _("Year, oldest first")], ["cited", _("Times cited here")]];
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ł: "l", ŧ: "t" };

  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const button = (text, act, more) => {
    const made = make("button", { type: "button", ...more }, text);
    made.addEventListener("click", act);
    return made;
  };
  const LANGUAGE = "en-GB"; // of these words, whatever the page is in
  const number = (count) => count.toLocaleString(LANGUAGE);
  const sources = (count) => {
    const said = number(count);
    return ngettext("%(said)s source", "%(said)s sources", count);
  };
  const or = (values) => values.join(_(" or "));
  // Letters without their accents, and no signs: so "e-mail" is found by "email", and "Ostlund" finds Östlund.
  const folded = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßæœøđðþħıłŧ]/g, (letter) => LETTERS[letter]).replace(/[^\p{L}\p{N}\s]/gu, "");
  const load = (src) =>
    new Promise((done, failed) => {
      const script = make("script", { src });
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });

  // The form: what can be used before the records are there comes first.
  const item = document.querySelector("li.reference");
  const list = item?.parentElement ?? make("ul");
  const letters = item ? null : document.querySelector("li.letter").parentElement;
  const find = make("input", { type: "text", name: "q", autocomplete: "off", inputMode: "search" });
  const sort = make("select", { name: "sort" }, ...SORTS.map(([value, text]) => new Option(text, value)));
  const summary = make("summary", {}, _("Filter"));
  const filters = make("details", { className: "filters" }, summary);
  const chosen = make("ul", { className: "chosen" });
  const status = make("p", { className: "count" });
  status.setAttribute("role", "status");
  const take = make("p", { className: "take", hidden: true });
  const more = button("", () => show((limit += MORE)), { hidden: true, className: "more-works" });
  const printed = make("p", { className: "narrowed", hidden: true });
  const form = make(
    "form",
    { className: "narrow", autocomplete: "off" },
    make("label", {}, _("Find by author, title, year or DOI"), find),
    make("label", {}, _("Sort by"), sort),
    filters,
    status,
    make("div", { className: "outcome" }, chosen, take),
  );
  form.setAttribute("aria-label", _("Find, filter and sort sources"));
  const bench = make("div", { className: "bench" }, form, printed);
  (letters ?? list).before(bench);
  if (letters) bench.append(letters);
  bench.append(list, more);
  place.remove();

  let works = [];
  let known = {};
  let none = "";
  let limit = MORE;
  let shown = [];

  // What is asked for: for each thing that narrows the list, a test of a work, and words for it.
  const asked = () => {
    const data = new FormData(form);
    const found = new Map();
    const words = folded(find.value.replace(/\b(?:https?:\/\/)?(?:dx\.)?doi(?:\.org\/|:\s*)/gi, "")).split(/\s+/).filter(Boolean);
    if (words.length) found.set("q", { test: (work) => words.every((word) => work.text.includes(word.length < 3 ? ` ${word}` : word)), said: `“${find.value.trim()}”` });
    for (const name of [...Object.keys(FACETS), "themes"]) {
      const wanted = data.getAll(name).filter(Boolean);
      if (wanted.length) found.set(name, { test: (work) => work[name].some((value) => wanted.includes(value)), said: `${FACETS[name] ?? _("Theme")}: ${or(wanted)}` });
    }
    const [from, to] = [data.get("from"), data.get("to")];
    const none = data.has("undated");
    if (from || to || none) {
      const within = (year) => (from || to) && year !== null && (!from || year >= +from) && (!to || year <= +to);
      const span = from && from === to ? from : [from && _("from %(from)s"), to && _("to %(to)s")].filter(Boolean).join(" ");
      found.set("year", { test: (work) => (work.year === null ? none : within(work.year)), said: `${_("Year")}: ${or([span, none && _("none")].filter(Boolean))}` });
    }
    return found;
  };
  const passing = (tests, but) => works.filter((work) => [...tests].every(([name, { test }]) => name === but || test(work)));

  const order = {
    newest: (a, b) => (b.year ?? -Infinity) - (a.year ?? -Infinity) || a.place - b.place,
    oldest: (a, b) => (a.year ?? Infinity) - (b.year ?? Infinity) || a.place - b.place,
    cited: (a, b) => b.times - a.times || a.place - b.place,
  };

  const takeOff = (name) => {
    if (name === "q") find.value = "";
    for (const field of form.elements) {
      if (field.name === name || (name === "year" && ["from", "to", "undated"].includes(field.name))) {
        if (field.type === "checkbox") field.checked = false;
        else field.value = "";
      }
    }
    show();
    (chosen.querySelector("button") ?? find).focus();
  };

  const show = () => {
    const tests = asked();
    shown = passing(tests).sort(order[sort.value] ?? ((a, b) => a.place - b.place));
    const nothing = !shown.length;
    if (letters) {
      const browsing = !tests.size && !sort.value;
      letters.hidden = !browsing;
      list.hidden = browsing;
      list.replaceChildren(...(browsing ? [] : shown.slice(0, limit).map((work) => (work.element ??= entry(work)))));
      more.hidden = browsing || shown.length <= limit;
      const next = number(Math.min(MORE, shown.length - limit));
      more.textContent = _("Show %(next)s more");
    } else {
      const seen = new Set(shown);
      for (const work of works) work.element.hidden = !seen.has(work);
      list.append(...shown.map((work) => work.element));
    }
    const [some, all] = [number(shown.length), sources(works.length)];
    status.textContent = nothing
      ? _("No source fits all of your choice. Take something off:")
      : tests.size ? _("%(some)s of %(all)s shown.") : `${all}.`;
    chosen.replaceChildren(
      ...[...tests].map(([name, { said }]) => {
        const left = nothing && passing(tests, name).length;
        const leaves = left && number(left);
        const off = button(left ? _("%(said)s (leaves %(leaves)s)") : said, () => takeOff(name), { className: "off" });
        const words = off.textContent;
        off.setAttribute("aria-label", _("Take off %(words)s"));
        return make("li", {}, off);
      }),
      ...(tests.size > 1 || nothing ? [make("li", {}, button(_("Show all %(all)s"), reset))] : []),
    );
    take.hidden = nothing || !tests.size;
    const narrowing = tests.size - tests.has("q");
    summary.textContent = narrowing ? _("Filter (%(narrowing)s in use)") : _("Filter");
    printed.hidden = !tests.size;
    const choice = [...tests.values()].map(({ said }) => said).join(". ");
    printed.textContent = !tests.size ? "" : _("This is a part of the list: %(some)s of %(all)s. %(choice)s.");
    for (const [name, boxes] of Object.entries(counts)) {
      const left = passing(tests, name);
      for (const [value, box] of boxes) box.textContent = ` (${number(left.filter((work) => work[name].includes(value)).length)})`;
    }
    keep();
  };
  const reset = () => {
    form.reset();
    show();
    find.focus();
  };

  // The address keeps the choice. Years stand in it as 2019, 2010..2019, 2010.. or ..2019.
  const keep = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value && !["from", "to", "undated"].includes(name)) query.append(name, value);
    const data = new FormData(form);
    const [from, to] = [data.get("from") ?? "", data.get("to") ?? ""];
    if (from || to) query.append("year", from === to ? from : `${from}..${to}`);
    if (data.has("undated")) query.append("year", NO_YEAR);
    try {
      history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
    } catch {
      // A page that was opened from a folder may not change its address in some browsers.
    }
  };
  const restore = (query) => {
    find.value = query.get("q") ?? "";
    sort.value = SORTS.some(([value]) => value === query.get("sort")) ? query.get("sort") : "";
    for (const field of form.elements) {
      const wanted = query.getAll(field.name);
      if (field.type === "checkbox") field.checked = wanted.includes(field.value);
      if (field.name === "themes") field.value = known.themes.includes(wanted[0]) ? wanted[0] : "";
    }
    for (const year of query.getAll("year")) {
      const [, from, dots, to] = year.match(/^(-?\d+)?(\.\.)?(-?\d+)?$/) ?? [];
      if (form.elements.from && (from || to)) [form.elements.from.value, form.elements.to.value] = [from ?? "", dots ? to ?? "" : from];
      if (form.elements.undated && (year === NO_YEAR || year === "No date")) form.elements.undated.checked = true;
    }
  };

  // The filters, made once the records are there.
  const counts = {};
  const box = (name, value, text) => {
    const count = make("span", { className: "number" });
    return [make("label", { className: "box" }, make("input", { type: "checkbox", name, value }), make("span", {}, text, count)), count];
  };
  const boxes = (name, title) => {
    if (known[name].length < (name === "standing" ? 1 : 2)) return [];
    counts[name] = new Map();
    const made = known[name].map((value) => {
      const [label, count] = box(name, value, value);
      counts[name].set(value, count);
      return label;
    });
    return [make("fieldset", {}, make("legend", {}, title), ...made)];
  };
  const years = () => {
    const dated = works.map((work) => work.year).filter((year) => year !== null);
    if (!dated.length) return [];
    const [min, max] = [Math.min(...dated), Math.max(...dated)];
    const field = (name, text, placeholder) => make("label", {}, text, make("input", { type: "number", name, min, max, placeholder }));
    const set = make("fieldset", { className: "years" }, make("legend", {}, _("Year")), field("from", _("From"), min), field("to", _("To"), max));
    const without = works.length - dated.length;
    if (without) {
      const [label, count] = box("undated", NO_YEAR, _("No year"));
      count.textContent = ` (${number(without)})`;
      set.append(label);
    }
    return [set];
  };
  const themes = () => {
    if (!known.themes.length) return [];
    const choices = known.themes.map((name) => new Option(name, name));
    return [make("label", { className: "theme" }, _("Theme of the citing passages"), make("select", { name: "themes" }, new Option(_("All"), ""), ...choices))];
  };

  // An entry of a list in parts: shorter than on the page of its letter, to which its link leads by way of the work's page.
  const ending = letters?.querySelector("a").getAttribute("href").replace(/^letter\/[^/.]+/, "");
  const aboutWhat = ({ about }) => {
    const [nothing, nations] = [none.charAt(0).toLowerCase() + none.slice(1), about.join(", ")];
    return about[0] === none ? _("About %(nothing)s") : nations && _("About: %(nations)s");
  };
  const citedIn = ({ times }) => {
    const said = number(times);
    return times ? ngettext("Cited in %(said)s place", "Cited in %(said)s places", times) : _("Not cited");
  };
  const entry = (work) =>
    make(
      "li",
      { className: "reference" },
      make("a", { href: work.slug + ending }, make("bdi", {}, work.label)),
      ": ",
      make("cite", {}, make("bdi", {}, work.title)),
      ". ",
      ...(work.standing.length ? [make("span", { className: "standing" }, work.standing[0]), ". "] : []),
      make("small", {}, [work.kind[0], aboutWhat(work), citedIn(work)].filter(Boolean).join(". ") + "."),
    );

  const saved = async (id, type) => {
    try {
      if (!globalThis.evidenceEntries?.[id]) await load(`entries-${id}.js`);
    } catch {
      status.textContent = _("The file could not be made: its entries did not load. Try again.");
      return;
    }
    const { head, between, end, works: texts } = globalThis.evidenceEntries[id];
    const text = head + shown.map((work) => texts[work.slug]).join(between) + end;
    const href = URL.createObjectURL(new Blob([text], { type }));
    const link = make("a", { href, download: `sources-${shown.length}-of-${works.length}.${id}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };

  const build = () => {
    const data = globalThis.evidenceWorks;
    known = data.names;
    none = data.none;
    works = data.works.map(([slug, label, title, words, year, times, ...places], place) => {
      const work = { slug, label, title, year, times, place, text: ` ${folded(`${label} ${title} ${words}`)}`, element: item && document.getElementById(slug) };
      Object.keys(known).forEach((name, at) => (work[name] = places[at].map((value) => known[name][value])));
      return work;
    });
    filters.append(make("div", {}, ...Object.entries(FACETS).flatMap(([name, title]) => boxes(name, title)), ...years(), ...themes()));
    take.append(_("Download what is shown: "), ...data.formats.map(([id, name, type]) => button(name, () => saved(id, type))));
    if (item) filters.open = matchMedia("(min-width: 76em)").matches;
  };
  let ready;
  const open = () =>
    (ready ??= load("works.js").then(build, () => {
      status.textContent = _("The sources can't be filtered just now, since their records did not load.");
      ready = undefined;
      throw new Error("works.js");
    }));
  const start = () => open().then(() => show(), () => {});

  let wait;
  form.addEventListener("input", (event) => {
    clearTimeout(wait);
    limit = MORE;
    wait = setTimeout(start, ["text", "number"].includes(event.target.type) ? 200 : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
  filters.addEventListener("toggle", () => filters.open && start());
  addEventListener("beforeprint", () => {
    limit = Infinity;
    if (works.length) show();
  });

  const query = new URLSearchParams(location.search);
  const target = location.hash.slice(1); // keys in addresses are plain letters
  if (item || query.size) {
    open().then(() => {
      restore(query);
      show();
    }, () => {});
  } else if (target && !document.getElementById(target)) {
    // An address from the time when the list stood on one page.
    open().then(() => works.some((work) => work.slug === target) && location.replace(target + ending), () => {});
  }
})();
