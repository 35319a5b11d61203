// A button that copies each way to cite a source. Without this script the text is there to be selected.
(() => {
  "use strict";
  const texts = [...document.querySelectorAll("article p.cite-text")];
  if (!texts.length) return;

  // One place tells of all copies, and it is there from the beginning: else screen readers would miss the first.
  const status = document.createElement("p");
  status.className = "copy-status";
  status.setAttribute("role", "status");
  texts.at(-1).after(status);

  const select = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      return true;
    } catch {
      select(text); // an older browser, or a page that did not come over https
      return document.execCommand("copy");
    }
  };

  for (const text of texts) {
    const style = text.previousElementSibling.firstChild.textContent.replace(/ \(.*/s, "").trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the ${style} reference`);
    button.addEventListener("click", async () => {
      const copied = await copy(text);
      status.textContent = "";
      // Told again when the same one is copied twice.
      setTimeout(() => {
        status.textContent = copied
          ? `The ${style} reference is copied.`
          : `Your browser does not let this page copy. The ${style} reference is selected: copy it with your keyboard or menu.`;
      }, 50);
    });
    text.after(button);
  }
})();
