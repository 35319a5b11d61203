// Choose questions and print only those, as a paper made in the page itself. Without this script the page leads to the ready-made papers.
(() => {
  "use strict";
  const place = document.querySelector(".choose-here");
  const texts = [...document.querySelectorAll("article p.question")];
  if (!place || !texts.length) return;

  const make = (name, css = "", ...children) => {
    const element = document.createElement(name);
    if (css) element.className = css;
    element.append(...children);
    return element;
  };
  // The words of a heading, without the theme's link to it.
  const words = (element) =>
    [...element.childNodes].filter((node) => !node.classList?.contains("headerlink")).map((node) => node.textContent).join("").trim();

  // The questions as the page shows them, in their groups.
  const groups = [];
  for (const element of document.querySelectorAll("article :is(h2, p.question)")) {
    if (element.localName === "h2") groups.push({ title: words(element), questions: [] });
    else groups.at(-1)?.questions.push({ id: element.dataset.question, number: element.dataset.number, text: words(element) });
  }
  const asked = groups.filter((group) => group.questions.length);

  // The form.
  const form = make("form", "choose");
  form.autocomplete = "off"; // else a browser that goes back ticks other boxes than the address names
  const choice = (type, name, value, text) => {
    const input = make("input");
    Object.assign(input, { type, name, value });
    form.append(make("label", "choice", input, make("span", "", text)));
    return [input, form.lastChild];
  };
  const fieldset = (title, ...children) => {
    const set = make("fieldset", "", make("legend", "", title), ...children);
    form.append(set);
    return set;
  };
  const button = (text, css, act) => {
    const made = make("button", css, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  const boxes = [];
  const tickAll = (ticked) => {
    for (const box of boxes) box.checked = ticked;
    show();
  };
  form.append(make("p", "choose-all", button("Select all", "", () => tickAll(true)), button("Select none", "", () => tickAll(false))));
  for (const group of asked) {
    const labels = group.questions.map((question) => {
      const [box, label] = choice("checkbox", "questions", question.id, `${question.number}. ${question.text}`);
      boxes.push(box);
      return label;
    });
    fieldset(group.title, ...labels);
  }
  const [standard, standardLabel] = choice("radio", "size", "standard", "Standard print, 14 point");
  const [large, largeLabel] = choice("radio", "size", "large", "Large print, 18 point");
  standard.checked = true;
  fieldset("Size of the words", standardLabel, largeLabel);
  const [lines, linesLabel] = choice("checkbox", "lines", "yes", "Lines to write on, below each question");
  lines.checked = true;
  fieldset("Room for notes", linesLabel);
  const status = make("p", "choose-count");
  status.setAttribute("role", "status");
  form.append(
    status,
    button("Print the chosen questions", "choose-print", () => printChosen()),
    make("p", "", "The address of this page keeps your choice. Send it to others, and they see the same."),
  );

  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const count = () => `${chosen().length} of ${boxes.length} questions chosen.`;
  const show = () => {
    status.textContent = count();
    // The other form of the page has its own words in the address.
    const others = location.search.slice(1).split("&").filter((part) => part && !/^(?:questions|size|lines)=/.test(part));
    const query = [
      ...others,
      chosen().length && `questions=${chosen().map(encodeURIComponent).join(",")}`,
      large.checked && "size=large",
      !lines.checked && "lines=no",
    ].filter(Boolean);
    history.replaceState(null, "", `${location.pathname}${query.length ? `?${query.join("&")}` : ""}${location.hash}`);
  };

  // The paper: it is in the page only while it is printed.
  const LINES = 5;
  const paper = () => {
    const sheet = make("div", `chosen-paper${large.checked ? " large" : ""}`);
    sheet.append(make("h1", "", words(document.querySelector("article h1"))));
    const ids = new Set(chosen());
    for (const group of asked) {
      const questions = group.questions.filter((question) => ids.has(question.id)).map((question) => {
        const row = make("p", "", make("span", "number", `${question.number}.`), " ", question.text);
        const block = make("div", "chosen-question", row);
        if (lines.checked) {
          block.append(make("div", "note-lines", ...Array.from({ length: LINES }, () => make("span"))));
          block.lastChild.setAttribute("aria-hidden", "true");
        }
        return block;
      });
      if (!questions.length) continue;
      // A heading stays with the first question of its group.
      sheet.append(make("div", "together", make("h2", "", group.title), questions[0]), ...questions.slice(1));
    }
    const end = [...document.querySelectorAll("article .on-paper")].map((element) => make("p", "", words(element)));
    const { version, address } = document.querySelector("article [data-address]")?.dataset ?? {};
    if (version) end.push(make("p", "", version));
    if (address) end.push(make("p", "", `Address of the page: ${address}`));
    sheet.append(make("div", "together", make("h2", "", "About this paper"), ...end));
    return sheet;
  };
  const printChosen = () => {
    if (!chosen().length) {
      status.textContent = "No question is chosen. Tick at least one, then print.";
      boxes[0].focus();
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
  const ids = (asks.get("questions") ?? "").split(",");
  for (const box of boxes) box.checked = ids.includes(box.value);
  large.checked = asks.get("size") === "large";
  lines.checked = asks.get("lines") !== "no";
  status.textContent = count();
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  place.replaceWith(form);
})();
