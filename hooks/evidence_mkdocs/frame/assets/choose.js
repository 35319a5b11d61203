// Choose questions and cards and print only those, as a paper made in the page itself. Without this script the page leads to the ready-made papers.
(() => {
  "use strict";
  const place = document.querySelector(".choose-here");
  const texts = [...document.querySelectorAll("article .question")];
  if (!place || !texts.length) return;

  const make = (name, css = "", ...children) => {
    const element = document.createElement(name);
    if (css) element.className = css;
    element.append(...children);
    return element;
  };
  // The words of a heading, without the theme's link to it and without the number of a question.
  const words = (element) => {
    const bare = element.cloneNode(true);
    for (const extra of bare.querySelectorAll(".headerlink, .number")) extra.remove();
    return bare.textContent.trim();
  };

  // The questions as the page shows them, in their groups; then those on themes, in the place of whose list the form has them.
  const groups = [];
  for (const element of document.querySelectorAll("article :is(h2, .question)")) {
    if (element.localName === "h2") groups.push({ title: words(element), questions: [] });
    else groups.at(-1)?.questions.push({ id: element.dataset.question, number: `${element.dataset.number}.`, text: words(element) });
  }
  const asked = groups.filter((group) => group.questions.length);
  const suggested = new Map();
  for (const element of document.querySelectorAll("article [data-suggestion]")) {
    const { suggestion, subject } = element.dataset;
    if (!suggested.has(subject)) suggested.set(subject, { title: subject, questions: [] });
    suggested.get(subject).questions.push({ id: suggestion, number: "", text: words(element) });
  }
  const onThemes = [...suggested.values()];
  // Cards in their sets; those to hold up have a shape, in which their word has a place.
  const sets = new Map();
  for (const element of document.querySelectorAll("article [data-set]")) {
    const { set, subject, source, ...place } = element.dataset;
    if (!sets.has(set)) sets.set(set, { title: subject, source, cards: [] });
    const name = element.querySelector("strong");
    sets.get(set).cards.push({ place, shape: element.querySelector("svg"), name: words(name), text: words(element).slice(words(name).length).replace(/^[\s:]+/, "") });
  }

  // The form.
  const { lang, dir } = document.querySelector("header").closest("[lang]"); // of these words: the page may be in another language
  const form = Object.assign(make("form", "choose"), { lang, dir });
  form.setAttribute("aria-label", _("Choose and print"));
  form.autocomplete = "off"; // else a browser that goes back ticks other boxes than the address names
  const choice = (type, name, value, text) => {
    const input = make("input");
    Object.assign(input, { type, name, value });
    return [input, make("label", "choice", input, make("span", "", text))];
  };
  const fieldset = (title, ...children) => make("fieldset", "", make("legend", "", title), ...children);
  const button = (text, css, act) => {
    const made = make("button", css, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const ticks = (name, group, boxes) =>
    fieldset(
      group.title,
      ...group.questions.map((question) => {
        const [box, label] = choice("checkbox", name, question.id, `${question.number} ${question.text}`.trim());
        question.box = box;
        boxes.push(box);
        return label;
      }),
    );

  const boxes = [];
  const more = [];
  const packs = [];
  const tickAll = (ticked) => {
    for (const box of ticked ? boxes : [...boxes, ...more, ...packs]) box.checked = ticked;
    if (!ticked) own.value = "";
    show();
  };
  form.append(make("p", "choose-all", button(_("Select all"), "", () => tickAll(true)), button(_("Select none"), "", () => tickAll(false))));
  form.append(...asked.map((group) => ticks("questions", group, boxes)));
  const fold = (title, ...children) => make("details", "more", make("summary", "", title), ...children);
  const folds = onThemes.map((group) => fold(group.title, ticks("more", group, more)));
  const folded = fold(_("Questions on each theme and nation"), ...folds);
  if (more.length) form.append(folded);
  const own = make("input");
  Object.assign(own, { type: "text", name: "own", maxLength: 240 });
  form.append(make("label", "own", make("span", "", _("A question of your own")), own));
  for (const [id, set] of sets) {
    const names = set.cards.some(({ shape }) => shape) ? set.cards.map(({ name }) => name).join(", ") : ngettext("%(num)s card", "%(num)s cards", set.cards.length);
    [set.box, set.label] = choice("checkbox", "sets", id, `${set.title} (${names})`);
    packs.push(set.box);
  }
  if (sets.size) form.append(fieldset(_("Cards to cut out"), ...[...sets.values()].map(({ label }) => label)));
  // What an address says for each size: those of before had two.
  const SIZES = [["standard", 14, _("14 point, standard print")], ["16", 16, _("16 point")], ["large", 18, _("18 point, large print")], ["24", 24, _("24 point")]];
  const sizes = SIZES.map(([value, , text]) => choice("radio", "size", value, text));
  form.append(fieldset(_("Size of the words"), ...sizes.map(([, label]) => label)));
  const [lines, linesLabel] = choice("checkbox", "lines", "yes", _("Lines to write on, below each question"));
  const [cards, cardsLabel] = choice("checkbox", "cards", "yes", _("Questions as cards to cut out, without lines"));
  form.append(fieldset(_("Room for notes"), linesLabel, cardsLabel));
  const status = make("p", "choose-count");
  status.setAttribute("role", "status");
  const wrong = make("p", "choose-wrong");
  wrong.id = "choose-wrong";
  wrong.setAttribute("role", "alert");
  const printing = button(_("Print what you chose"), "choose-print", () => printChosen());
  printing.setAttribute("aria-describedby", wrong.id);
  form.append(
    status,
    wrong,
    printing,
    make("p", "", _("The address of this page keeps your choice. Send it to others, and they see the same. Your own question stays in the address: it is not stored, and not sent to us.")),
  );

  const ticked = (from) => from.filter((box) => box.checked).map((box) => box.value);
  const ownWords = () => own.value.trim();
  const count = () => {
    const packed = ticked(packs).length;
    const [chosen, themed] = [ticked(boxes).length, ticked(more).length];
    const others = [
      themed && _("%(themed)s on themes"),
      ownWords() && _("1 of your own"),
      packed && ngettext("%(num)s set of cards", "%(num)s sets of cards", packed),
    ].filter(Boolean);
    return `${[ngettext("%(chosen)s of %(num)s question chosen", "%(chosen)s of %(num)s questions chosen", boxes.length), ...others].join(", ")}.`;
  };
  const size = () => SIZES[Math.max(sizes.findIndex(([input]) => input.checked), 0)];
  const keep = () => {
    // The other form of the page has its own words in the address.
    const others = location.search.slice(1).split("&").filter((part) => part && !/^(?:questions|more|sets|size|lines|cards)=/.test(part));
    const named = (name, from) => ticked(from).length && `${name}=${ticked(from).map(encodeURIComponent).join(",")}`;
    const query = [
      ...others,
      named("questions", boxes),
      named("more", more),
      named("sets", packs),
      size()[0] !== "standard" && `size=${size()[0]}`,
      !lines.checked && "lines=no",
      cards.checked && "cards=yes",
    ].filter(Boolean);
    // What a reader writes stands behind the '#', which browsers keep to themselves.
    const hash = ownWords() ? `#own=${encodeURIComponent(ownWords())}` : location.hash.replace(/^#own=.*/, "");
    history.replaceState(null, "", `${location.pathname}${query.length ? `?${query.join("&")}` : ""}${hash}`);
  };
  const tell = () => {
    status.textContent = count();
    wrong.textContent = "";
  };
  const show = () => {
    tell();
    keep();
  };

  // The paper: it is in the page only while it is printed.
  const LINES = 5;
  const paper = () => {
    const sheet = Object.assign(make("div", `chosen-paper size-${size()[1]}${cards.checked ? " as-cards" : ""}`), { lang, dir });
    const asks = ticked(boxes).length || ticked(more).length || ownWords();
    const parts = [...asked, ...onThemes];
    if (ownWords()) parts.push({ title: _("A question of our own"), questions: [{ number: "", text: ownWords(), own: true }] });
    for (const group of parts) {
      const questions = group.questions.filter((question) => question.own || question.box.checked).map((question) => {
        const row = make("p", "", make("span", "number", question.number), " ", question.text);
        if (!question.number) row.className = "unnumbered";
        const block = make("div", "chosen-question", row);
        if (lines.checked && !cards.checked) {
          block.append(make("div", "note-lines", ...Array.from({ length: LINES }, () => make("span"))));
          block.lastChild.setAttribute("aria-hidden", "true");
        }
        return block;
      });
      if (!questions.length) continue;
      // A heading stays with the first question of its group.
      sheet.append(make("div", "together", make("h2", "", group.title), questions[0]), ...questions.slice(1));
    }
    // Where the questions of the review come from is said where there is one of them.
    const told = ticked(boxes).length ? [...document.querySelectorAll("article .on-paper")] : [];
    const end = told.map((element) => make("p", "", words(element)));
    if (ownWords()) end.push(make("p", "", _("“A question of our own” was written by those who printed this paper.")));
    if (ticked(more).length) end.push(make("p", "", _("Questions on themes and nations are suggestions of the editors of this website.")));
    const { version, address } = document.querySelector("article [data-address]")?.dataset ?? {};
    if (version) end.push(make("p", "", version));
    const { title } = document;
    const found = /^https?:/.test(address) ? _("Address of the page: %(address)s") : _("Page of the website: “%(title)s”");
    end.push(make("p", "", found));
    const about = make("div", "together", make("h2", "", _("About this paper")), ...end);
    const chosen = [...sets.values()].filter(({ box }) => box.checked);
    const held = chosen.flatMap((set) => set.cards.filter(({ shape }) => shape).map((card) => toHold(card, set)));
    const sorted = chosen.flatMap((set) => set.cards.filter(({ shape }) => !shape).map((card) => toSort(card, set)));
    // It is never alone on a side: the last question stays with it, as the title does with the first.
    if (asks) {
      sheet.append(make("div", "together", sheet.lastChild, about));
      sheet.querySelector(".together").prepend(make("h1", "", words(document.querySelector("article h1"))));
    }
    for (const [css, made, most] of [["to-hold", held, 2], ["to-sort", sorted, size()[1] > 16 ? 2 : 4]]) {
      // Where all are cards, what says where they are found takes the place of one, but no sheet of its own: each card says whose it is.
      if (!asks && !about.parentElement && made.length % most) made.push(make("div", "chosen-card", about));
      if (made.length) sheet.append(make("div", `chosen-cards ${css}`, ...made));
    }
    return sheet;
  };
  // No line ends within a word such as follow-up.
  const whole = (text) => text.split(/(\w{1,11}-\w{1,11})/).map((part, at) => (at % 2 ? make("span", "whole", part) : part));
  const foot = ({ title, source }) => make("p", "foot", make("span", "", title), make("span", "", source));
  const toSort = ({ name, text }, set) => make("div", "chosen-card", make("h2", "", ...whole(name)), make("p", "", ...whole(text)), foot(set));
  // The word stands in the shape, as large as there is room for it.
  const toHold = ({ shape, place, name, text }, set) => {
    const drawn = shape.cloneNode(true);
    const word = document.createElementNS("http://www.w3.org/2000/svg", "text");
    const pen = make("canvas").getContext("2d");
    pen.font = "bold 100px Arial, 'Liberation Sans', sans-serif";
    const size = Math.min(22, (place.wide / pen.measureText(name).width) * 100);
    const looks = { x: 50, y: Number(place.at) + size * 0.36, "font-size": size, fill: place.ink };
    for (const [look, value] of Object.entries(looks)) word.setAttribute(look, value);
    word.append(name);
    drawn.append(word);
    return make("div", "chosen-card", drawn, make("p", "", text), foot(set));
  };
  const printChosen = () => {
    if (![...boxes, ...more, ...packs].some((box) => box.checked) && !ownWords()) {
      wrong.textContent = _("Nothing is chosen. Tick a question or a set of cards, then print.");
      printing.focus();
      return;
    }
    clear();
    document.body.append(paper());
    document.documentElement.classList.add("printing-chosen");
    window.print();
  };
  const clear = () => {
    document.querySelector(".chosen-paper")?.remove();
    document.documentElement.classList.remove("printing-chosen");
  };
  window.addEventListener("afterprint", clear);
  // For a browser that does not tell when it has printed: whoever touches the page again has.
  window.addEventListener("pointerdown", clear, true);

  // What the address asks for.
  const asks = new URLSearchParams(location.search);
  for (const [name, from] of [["questions", boxes], ["more", more], ["sets", packs]]) {
    const ids = (asks.get(name) ?? "").split(",");
    for (const box of from) box.checked = ids.includes(box.value);
  }
  for (const part of [folded, ...folds]) part.open = Boolean(part.querySelector(":checked"));
  (sizes.find(([input]) => input.value === asks.get("size")) ?? sizes[0])[0].checked = true;
  lines.checked = asks.get("lines") !== "no";
  cards.checked = asks.get("cards") === "yes";
  const readOwn = () => {
    if (!location.hash.startsWith("#own=")) return false;
    try {
      own.value = decodeURIComponent(location.hash.slice(5)).slice(0, own.maxLength).replace(/[\uD800-\uDBFF]$/, "");
    } catch {
      // A broken sign in the address: nothing was asked for that can be read.
    }
    return true;
  };
  readOwn();
  tell();
  // A link within the page takes the place of the reader's question in the address: it goes there, and the question is put back.
  addEventListener("hashchange", () => {
    if (readOwn()) tell();
    else if (ownWords()) keep();
  });
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const used of ["[data-suggestion]", "[data-set]"]) document.querySelector(`article ${used}`)?.closest("details").remove();
  place.replaceWith(form);
})();
