// Copies: a button beside each way to cite a source; and at a link to a section or a passage, a small box with its address and how to cite it.
// Without this script the texts are there to be selected, and such a link leads to its passage.
(() => {
  "use strict";
  const LANGUAGE = "en-GB"; // of these words, whatever the page is in
  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      return true;
    } catch {
      getSelection().selectAllChildren(text); // an older browser, or a page that did not come over https
      return document.execCommand("copy");
    }
  };

  // The button that copies a text, and beside it the place that tells what came of it: there from the beginning, else screen readers would miss it.
  // What is told is a whole sentence for each kind of thing: in most languages, words around a noun go by it.
  const copier = (text, { label, words = _("Copy"), copied: done, selected }) => {
    const status = make("span", { className: "copy-status" });
    status.setAttribute("role", "status");
    const button = make("button", { type: "button", className: "copy" }, words);
    if (label) button.setAttribute("aria-label", label);
    button.addEventListener("click", async () => {
      const copied = await copy(text);
      status.textContent = "";
      // Told again when the same one is copied twice.
      setTimeout(() => {
        status.textContent = copied ? done : selected;
      }, 50);
    });
    return make("p", { className: "copy-line" }, button, " ", status);
  };

  for (const text of document.querySelectorAll("article p.cite-text")) {
    const style = text.previousElementSibling.firstChild.textContent.replace(/ \(.*/s, "").trim();
    text.after(copier(text, {
      label: _("Copy the %(style)s reference"),
      copied: _("The %(style)s reference is copied."),
      selected: _("Your browser does not let this page copy. The %(style)s reference is selected: copy it with your keyboard or menu."),
    }));
  }

  const line = document.querySelector(".cite-this > span");
  if (!line) return;

  // How to cite the page, with the section, the place on the page, and today.
  const citation = (id, heading) => {
    const cited = line.cloneNode(true);
    const title = cited.querySelector("cite");
    const section = heading?.textContent.trim();
    if (section && title) title.after(_(", section “%(section)s”"));
    const address = cited.querySelector("a");
    if (address) address.replaceWith(`${line.dataset.kept ?? address.textContent}#${id}`);
    const day = new Date().toLocaleDateString(LANGUAGE, { day: "numeric", month: "long", year: "numeric" });
    const words = cited.textContent.trim().replace(_("add the date"), day);
    const said = `${_("Available at:")} `;
    if (address || !words.includes(said)) return words;
    const [before, where] = words.split(said);
    return before + said + where.replace(/^\S*/, (path) => `${path}#${id}`);
  };
  const headingOf = (place) => {
    const before = [...document.querySelectorAll("article :is(h2, h3)[id]")];
    return before.filter((one) => one.contains(place) || one.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
  };

  let opened = null; // the link whose box is open
  const close = () => {
    const box = document.getElementById("cite-box");
    if (!box) return;
    if (box.contains(document.activeElement)) opened.focus();
    box.remove();
    opened.removeAttribute("aria-expanded");
    opened = null;
  };
  const open = (link) => {
    const id = link.getAttribute("href").slice(1);
    const address = make("p", { className: "cite-text" }, `${line.querySelector("a")?.href ?? location.href.replace(/[?#].*/, "")}#${id}`);
    const cited = make("p", { className: "cite-text" }, citation(id, headingOf(link)));
    const end = make("button", { type: "button", className: "copy" }, _("Close"));
    end.addEventListener("click", close);
    const { lang, dir } = line.closest("[lang]"); // of these words: the page may be in another language
    const box = make("div", { id: "cite-box", className: "cite-box", lang, dir });
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", link.matches(".section") ? _("Cite this section") : _("Cite this passage"));
    const copyAddress = copier(address, {
      words: _("Copy link"),
      copied: _("The link is copied."),
      selected: _("Your browser does not let this page copy. The link is selected: copy it with your keyboard or menu."),
    });
    const copyCited = copier(cited, {
      words: _("Copy citation"),
      copied: _("The citation is copied."),
      selected: _("Your browser does not let this page copy. The citation is selected: copy it with your keyboard or menu."),
    });
    box.append(address, copyAddress, cited, copyCited, end);
    const place = link.closest("p, li, dt, dd, td, th, h2, h3") ?? link;
    if (place.matches("li, dd, td, th")) place.insertBefore(box, place.querySelector(":scope > :is(ul, ol)"));
    else place.after(box);
    link.setAttribute("aria-expanded", "true");
    opened = link;
    box.querySelector("button").focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.section, a.passage");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const again = link === opened;
    close();
    if (!again) open(link);
  });
  addEventListener("escape", close);
})();
