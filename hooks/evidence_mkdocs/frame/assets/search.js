// What readers meet when they search: results in the flow of the page, by kind, as they type. search-find.js, fetched before, finds them.
(() => {
  "use strict";
  const PAUSE = 300; // milliseconds after the last letter
  const SLOW = 1000; // after so long, a reader is told that search is at it
  const STEP = 10; // further results of a kind that come at once
  const LINE = 45; // letters of a title
  const MOST = 110;
  const panel = document.getElementById("search-panel");
  const query = document.getElementById("search-query");
  const place = document.getElementById("search-results");
  const hint = place.firstElementChild;
  const { base } = panel.dataset;
  const KINDS = { page: _("Page"), theme: _("Theme"), nation: _("Nation"), word: _("Word"), question: _("Question"), paper: _("Paper"), source: _("Source"), audit: _("Audit") };

  const make = (name, css = "", ...children) => {
    const element = document.createElement(name);
    if (css) element.className = css;
    element.append(...children);
    return element;
  };
  const button = (css, act, ...words) => {
    const made = make("button", css, ...words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  // Words with an element in the place of '{words}', wherever a language has it.
  const around = (text, element) => text.split("{words}").flatMap((part, at) => (at ? [element, part] : [part]));
  // Words of any script, in the direction of their own.
  const own = (name, text, css, lang) => {
    const element = make(name, css, text);
    element.dir = "auto";
    if (lang) element.lang = lang;
    return element;
  };

  // What is told stays in one place, so that screen readers hear each change of it.
  const status = make("p", "search-status");
  status.setAttribute("role", "status");
  const found = make("div");

  const excerpt = ({ text, kind, lang, hits }, lines) => {
    const line = own("p", "", `search-text${lines > 1 ? "" : " one-line"}`, kind === "word" ? "" : lang); // what a word means is in the site's own
    let done = 0;
    for (const [start, end] of hits ?? []) {
      line.append(text.slice(done, start), make("mark", "", text.slice(start, end)));
      done = end;
    }
    line.append(text.slice(done));
    return line;
  };
  // Five lines at most on the narrowest window: the longer the title, the less of the text.
  const short = (title) => (title.length > MOST ? `${title.slice(0, title.lastIndexOf(" ", MOST))} …` : title);
  const entry = (item, ofAllKinds) => {
    const link = own("a", short(item.title), "", item.lang);
    link.href = base + item.url;
    const line = make("li", "", make("h3", "", link));
    const { page } = item;
    const within = page && _("on the page “%(page)s”");
    const where = item.kind === "page" ? within || KINDS.page : [KINDS[item.kind], within].filter(Boolean).join(", ");
    if (ofAllKinds || within) line.append(own("p", (ofAllKinds ? where : within).replace(/^./, (first) => first.toUpperCase()), "search-place"));
    const lines = Math.max(0, 3 - Math.ceil(item.title.length / LINE));
    if (item.text && lines) line.append(excerpt(item, lines));
    return line;
  };
  const list = (items, ofAllKinds = false) => {
    const made = make("ol", "search-list", ...items.map((item) => entry(item, ofAllKinds)));
    made.setAttribute("role", "list"); // Safari forgets it where no numbers show
    return made;
  };
  // The results of one kind: the first few, and a button for the next.
  const group = ({ kind, name, count, items, more }) => {
    const title = make("h2", "", `${name} (${count})`);
    title.id = `__found-${kind}`; // no page has such an id
    const lines = list(items);
    const section = make("section", "", title, lines);
    section.setAttribute("aria-labelledby", title.id);
    let shown = items.length;
    const further = button("search-more", async () => (await unfold()).querySelector("a").focus());
    const label = () => {
      if (shown === count) further.remove();
      else {
        const next = Math.min(STEP, count - shown);
        further.textContent = _("Show %(next)s more: %(name)s");
      }
    };
    const unfolded = async () => {
      const from = shown;
      shown = Math.min(count, from + STEP);
      const next = await more(from, shown);
      lines.append(...next.map((item) => entry(item)));
      label();
      coming = undefined;
      return lines.children[from];
    };
    // Who presses again while they come waits for the same ones.
    let coming;
    const unfold = () => (coming ??= unfolded());
    section.append(further);
    label();
    return { kind, name, count, section, unfold: () => shown === items.length && shown < count && unfold() };
  };
  const filters = (result, groups) => {
    const buttons = [{ kind: "", name: _("All"), count: result.total }, ...groups].map(({ kind, name, count, unfold }) => {
      const made = button("", () => {
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === made));
        for (const { section, kind: its } of groups) section.hidden = Boolean(kind) && kind !== its;
        unfold?.();
        status.textContent = kind ? _("Showing %(name)s: %(count)s.") : told(result);
      }, `${name} (${count})`);
      made.setAttribute("aria-pressed", String(!kind));
      return made;
    });
    const row = make("div", "search-kinds", make("span", "", _("Show:")), ...buttons);
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", _("Kinds of results"));
    return row;
  };
  const told = ({ total, used, corrected }) => {
    if (!total) return _("Nothing found for “%(used)s”.");
    const number = ngettext("%(num)s result", "%(num)s results", total);
    return corrected ? _("Showing results for “%(used)s”: %(number)s.") : _("%(number)s for “%(used)s”.");
  };

  const results = async (result) => {
    const parts = [];
    if (result.corrected) parts.push(make("p", "", button("", () => search(true), ...around(_("Search for {words} instead"), own("b", result.asked)))));
    if (!result.total) return [...parts, ...(await ways())];
    if (result.best.length) parts.push(make("h2", "", _("Best matches")), list(result.best, true));
    const groups = result.groups.map(group);
    if (groups.length > 1) parts.push(filters(result, groups));
    return [...parts, ...groups.map(({ section }) => section)];
  };
  // Where nothing was found: the ways in that the review names, each with its picture.
  const ways = async () => {
    const doors = (await evidenceSearch.ways(base)).map(({ title, url, picture }) => {
      const door = make("a");
      door.href = base + url;
      door.innerHTML = picture; // a drawing of the site's own
      door.append(title);
      return door;
    });
    if (!doors.length) doors.push(...[...document.querySelectorAll("#site-nav > ul > li > a")].slice(0, 6).map((link) => link.cloneNode(true)));
    const letters = make("a", "", _("the A to Z"));
    letters.href = hint.querySelector("a").href;
    return [make("p", "", ...around(_("Try another word, look in {words}, or go on from here:"), letters)), make("ul", "search-ways", ...doors.map((door) => make("li", "", door)))];
  };

  let latest = 0;
  let timer;
  let done; // the search that is under way, or the last one
  const search = (asTyped = false) => {
    clearTimeout(timer);
    timer = 0;
    done = answer(asTyped);
  };
  const answer = async (asTyped) => {
    const text = query.value.trim();
    const turn = ++latest;
    try {
      history.replaceState(null, "", text ? `#q=${encodeURIComponent(text)}` : location.pathname + location.search);
    } catch {
      // Some browsers keep no address of a file.
    }
    if (!text) {
      status.textContent = "";
      found.replaceChildren(hint);
      return;
    }
    const say = (words, ...parts) => {
      if (turn !== latest) return;
      status.textContent = words;
      if (parts.length) found.replaceChildren(...parts);
    };
    const slow = setTimeout(say, SLOW, _("Searching …"));
    try {
      const result = await evidenceSearch.find(text, base, asTyped);
      say(told(result), ...(await results(result)));
    } catch {
      say(_("Search did not load. Look in the A to Z, or try again."), hint);
    }
    clearTimeout(slow);
  };
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(), PAUSE);
  });
  panel.querySelector("form").addEventListener("submit", async () => {
    if (timer) search();
    await done;
    toResults();
  });
  const toResults = () => {
    status.scrollIntoView();
    found.querySelector("a")?.focus({ preventScroll: true });
  };

  place.replaceChildren(status, found);
  // Who has pressed Enter meanwhile wants to go to the results.
  search();
  done.then(() => "entered" in panel.dataset && toResults());
})();
