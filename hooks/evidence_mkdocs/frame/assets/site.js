// The menu on narrow windows, and search. Without this script they are links: to the navigation below the text, and to the A to Z.
(() => {
  "use strict";
  document.documentElement.classList.replace("no-js", "js");

  // A button in the place of a link, and what it opens.
  const opener = (link, opened) => {
    const button = document.createElement("button");
    button.type = "button";
    button.id = link.id;
    button.className = link.className;
    button.textContent = link.dataset.button ?? link.textContent;
    button.setAttribute("aria-controls", opened.id);
    button.setAttribute("aria-expanded", "false");
    link.replaceWith(button);
    return button;
  };
  const nav = document.getElementById("site-nav");
  const menu = opener(document.getElementById("menu-button"), nav);
  const panel = document.getElementById("search-panel");
  const query = document.getElementById("search-query");
  const search = opener(document.getElementById("search-button"), panel);
  const showMenu = (open) => {
    menu.setAttribute("aria-expanded", String(open));
    nav.classList.toggle("open", open);
  };
  const showSearch = (open) => {
    search.setAttribute("aria-expanded", String(open));
    panel.hidden = !open;
    if (open) wake();
    else if (location.hash.startsWith(ASKED)) history.replaceState(null, "", location.pathname + location.search);
  };
  menu.addEventListener("click", () => {
    const open = menu.getAttribute("aria-expanded") === "false";
    if (open) showSearch(false);
    showMenu(open);
    if (open) nav.querySelector("a").focus();
  });

  // The scripts of search come when it is first opened. What the address asks for is searched for: a hash stays in the browser.
  const ASKED = "#q=";
  let asleep = [...document.getElementById("search-scripts").content.querySelectorAll("script")];
  const wake = () => {
    for (const { attributes } of asleep) {
      const script = document.createElement("script");
      script.src = attributes.src.value;
      script.async = false;
      document.body.append(script);
    }
    asleep = [];
  };
  const closeSearch = () => {
    showSearch(false);
    search.focus();
  };
  search.addEventListener("click", () => {
    const open = panel.hidden;
    showMenu(false);
    showSearch(open);
    if (open) query.focus();
  });
  document.getElementById("search-close").addEventListener("click", closeSearch);
  panel.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    panel.dataset.entered = ""; // for a script that is still on its way
  });
  if (location.hash.startsWith(ASKED)) {
    query.value = new URLSearchParams(location.hash.slice(1)).get("q");
    showSearch(true);
  }

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!panel.hidden) {
      event.preventDefault();
      closeSearch();
    } else if (menu.getAttribute("aria-expanded") === "true") {
      showMenu(false);
      menu.focus();
    } else dispatchEvent(new Event("escape")); // for what is open in the text
  });
})();

// Print: a button in place of the sentence that says that the browser can do it.
(() => {
  "use strict";
  const { lang, dir } = document.querySelector("header").closest("[lang]"); // of these words: the page may be in another language
  for (const place of document.querySelectorAll(".print-page")) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", lang, dir });
    button.textContent = _("Print this page");
    button.addEventListener("click", () => window.print());
    place.replaceChildren(button);
  }
})();

// Tables. Some browsers forget what the parts of a table are once CSS shows them as blocks, so there they are told. The box of a table takes the
// focus only where it has something to move, and says so; without this script each does, as nothing else would bring its far columns into view.
(() => {
  "use strict";
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const narrow = matchMedia("(max-width: 59.9375em)");
  const tell = () => {
    for (const table of document.querySelectorAll(narrow.matches ? "table.real" : "table.folded")) {
      for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")]) {
        part.setAttribute("role", roles[part.tagName] ?? (part.scope === "col" ? "columnheader" : "rowheader"));
      }
    }
  };
  narrow.addEventListener("change", tell);
  tell();

  const look = (box, hint, asked) => {
    const moves = box.scrollWidth > box.clientWidth;
    if (!moves) hint.remove();
    else if (!hint.parentElement) box.prepend(hint);
    for (const [name, value] of Object.entries(asked)) {
      if (moves) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  const { lang, dir } = document.querySelector("header").closest("[lang]");
  for (const [number, box] of document.querySelectorAll(".table-box").entries()) {
    const hint = document.createElement("p");
    hint.id = `table-hint-${number}`;
    Object.assign(hint, { className: "table-hint", lang, dir });
    hint.textContent = _("Not all columns fit here. Move the table sideways to see them: swipe, or press the left and right arrow keys.");
    const name = ["aria-labelledby", "aria-label"].find((kind) => box.hasAttribute(kind));
    const asked = { role: "region", tabindex: "0", [name]: box.getAttribute(name), "aria-describedby": hint.id };
    const sizes = new ResizeObserver(() => look(box, hint, asked));
    sizes.observe(box);
    sizes.observe(box.querySelector("table"));
    look(box, hint, asked);
  }
})();

// A hard word opens its meaning where it stands, below its paragraph, item or cell. Without this script it leads to the list at the page's end.
(() => {
  "use strict";
  const open = []; // words whose meaning is open, the last one at the end
  const boxOf = (word) => document.getElementById(word.getAttribute("aria-controls"));
  const close = (word) => {
    const box = boxOf(word);
    if (box.contains(document.activeElement)) word.focus();
    box.remove();
    word.setAttribute("aria-expanded", "false");
    open.splice(open.indexOf(word), 1);
  };
  const show = (word, title) => {
    const box = document.createElement("div");
    box.id = word.getAttribute("aria-controls");
    box.className = "meaning";
    box.setAttribute("role", "status");
    const place = word.closest("p, li, dt, dd, td, th, h2, h3, h4") ?? word;
    const list = place.querySelector(":scope > :is(ul, ol)");
    if (place.matches("li, dd, td, th")) place.insertBefore(box, list);
    else place.after(box);
    word.setAttribute("aria-expanded", "true");
    open.push(word);
    // Filled once it is there, so that screen readers tell what it says while the focus stays on the word.
    requestAnimationFrame(() => {
      const line = document.createElement("p");
      line.append(...title.cloneNode(true).childNodes, ": ", ...title.nextElementSibling.cloneNode(true).childNodes);
      box.append(line);
    });
  };
  for (const word of document.querySelectorAll("a.term[href^='#']")) {
    const title = document.getElementById(word.hash.slice(1));
    if (!title) continue;
    word.setAttribute("aria-expanded", "false");
    word.setAttribute("aria-controls", `meaning-of-${title.id}`);
    word.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (open.includes(word)) close(word);
      else show(word, title);
    });
  }
  addEventListener("escape", () => {
    const near = open.find((word) => word === document.activeElement || boxOf(word).contains(document.activeElement));
    if (open.length) close(near ?? open.at(-1));
  });
})();

// Editor's notes are folded, which needs no script. A link to one opens it, as it opens whatever else it leads into; on paper all are open.
(() => {
  "use strict";
  const anchor = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return ""; // a sign of percent without its figures leads nowhere
    }
  };
  const reveal = () => {
    const id = anchor();
    const target = document.getElementById(id);
    // A statement without a name of its own is known by its section and number: where it is gone, the section is the place.
    if (id && !target) document.getElementById(id.replace(/-\d+$/, ""))?.scrollIntoView();
    for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    if (target?.matches(".editor-note")) target.querySelector("summary").focus();
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a")?.getAttribute("href") === location.hash) setTimeout(reveal); // once the browser has gone there
  });
  reveal();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".editor-note:not([open])")];
    for (const note of opened) note.open = true;
  });
  addEventListener("afterprint", () => {
    for (const note of opened) note.open = false;
  });
})();
