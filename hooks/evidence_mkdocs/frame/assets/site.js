// The menu on narrow windows, and search. Without this script the menu is a link to the navigation below the text.
(() => {
  "use strict";
  document.documentElement.classList.replace("no-js", "js");

  // Menu: a button that shows the navigation above the text.
  const nav = document.getElementById("site-nav");
  const link = document.getElementById("menu-button");
  const menu = document.createElement("button");
  menu.type = "button";
  menu.id = link.id;
  menu.className = link.className;
  menu.textContent = link.textContent;
  menu.setAttribute("aria-controls", "site-nav");
  menu.setAttribute("aria-expanded", "false");
  link.replaceWith(menu);
  const showMenu = (open) => {
    menu.setAttribute("aria-expanded", String(open));
    nav.classList.toggle("open", open);
  };
  menu.addEventListener("click", () => {
    const open = menu.getAttribute("aria-expanded") === "false";
    if (open) showSearch(false);
    showMenu(open);
    if (open) nav.querySelector("a").focus();
  });

  // Search: the theme's own, fetched with its index when first opened.
  const button = document.getElementById("search-button");
  const panel = document.getElementById("search-panel");
  const query = document.getElementById("search-query");
  let asleep = document.getElementById("theme-script")?.content.querySelector("script");
  const showSearch = (open) => {
    if (!panel) return;
    button.setAttribute("aria-expanded", String(open));
    panel.hidden = !open;
  };
  const wake = () => {
    if (!asleep) return;
    // What the theme's script would keep in the reader's browser is not kept.
    window.__md_get = () => null;
    window.__md_set = () => {};
    window.__md_hash = () => 0;
    const script = document.createElement("script");
    script.src = asleep.getAttribute("src");
    script.addEventListener("load", () => {
      document.dispatchEvent(new Event("DOMContentLoaded")); // the theme waits for it, and it has long been
      // The theme begins to read what is typed when the field gets the focus.
      if (document.activeElement === query) {
        query.blur();
        query.focus();
      }
    });
    asleep = null;
    document.body.append(script);
  };
  const closeSearch = () => {
    showSearch(false);
    button.focus();
  };
  if (panel) {
    button.addEventListener("click", () => {
      const open = panel.hidden;
      showMenu(false);
      showSearch(open);
      if (!open) return;
      wake();
      query.focus();
    });
    document.getElementById("search-close").addEventListener("click", closeSearch);
    panel.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    // Results are links like any: in the order of Tab, in a list that stays one, and without a heading of level 1 each.
    const list = panel.querySelector("ol");
    new MutationObserver(() => {
      if (list.hidden) list.hidden = false;
      if (list.getAttribute("role") === "presentation") list.setAttribute("role", "list");
      for (const item of list.querySelectorAll("[tabindex='-1']")) item.removeAttribute("tabindex");
      for (const item of list.querySelectorAll("article:not([role]), h1:not([role]), h2:not([role])")) item.setAttribute("role", "none");
    }).observe(list, { attributeFilter: ["hidden", "role"], childList: true, subtree: true });
  }

  // No key of the theme's own: single letters would open search or leave the page, arrows would move the focus.
  window.addEventListener(
    "keydown",
    (event) => {
      event.stopImmediatePropagation();
      if (event.key === "Enter" && event.target === query) {
        event.preventDefault();
        panel.querySelector("ol a")?.focus();
      }
      if (event.key !== "Escape") return;
      if (panel && !panel.hidden) closeSearch();
      else if (menu.getAttribute("aria-expanded") === "true") {
        showMenu(false);
        menu.focus();
      } else dispatchEvent(new Event("escape")); // for what is open in the text
    },
    true,
  );
})();

// Print: a button in place of the sentence that says that the browser can do it.
(() => {
  "use strict";
  for (const place of document.querySelectorAll(".print-page")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Print this page";
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
    hint.hidden = !moves;
    for (const [name, value] of Object.entries(asked)) {
      if (moves) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  for (const [number, box] of document.querySelectorAll(".table-box").entries()) {
    const hint = document.createElement("p");
    hint.id = `table-hint-${number}`;
    hint.className = "table-hint";
    hint.textContent = "Not all columns fit here. Move the table sideways to see them: swipe, or press the left and right arrow keys.";
    box.prepend(hint);
    const asked = { role: "region", tabindex: "0", "aria-label": box.getAttribute("aria-label"), "aria-describedby": hint.id };
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
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
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
