// Narrows a list of points by theme, nation and page, and keeps the choice in the address. Without this script the whole list is shown, by theme.
(() => {
  "use strict";
  const points = [...document.querySelectorAll("li.point")];
  const first = document.querySelector("li.point")?.parentElement.previousElementSibling;
  if (!first) return;

  const LANGUAGE = "en-GB"; // of these words, whatever the page is in
  const values = (point, name) => (point.dataset[name] ?? "").split("¦").filter(Boolean);
  const form = document.createElement("form");
  form.className = "narrow";
  form.setAttribute("aria-label", _("Narrow the list of points"));
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const reset = document.createElement("button");
  reset.type = "reset";
  reset.textContent = _("Show all points");

  const selects = [["theme", _("Theme")], ["nation", _("Nation")], ["page", _("Page")]].flatMap(([name, title]) => {
    const choices = [...new Set(points.flatMap((point) => values(point, name)))].sort((a, b) => a.localeCompare(b, LANGUAGE));
    if (choices.length < 2) return [];
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.name = name;
    select.append(new Option("", ""), ...choices.map((choice) => new Option(choice, choice)));
    label.append(title, select);
    form.append(label);
    return [select];
  });
  if (!selects.length) return;

  const fits = (point, choice, select) => !choice || values(point, select.name).includes(choice);
  const show = () => {
    const shown = points.filter((point) => {
      point.hidden = !selects.every((select) => fits(point, select.value, select));
      return !point.hidden;
    });
    // How many points each choice would leave, as the other choices stand.
    for (const select of selects) {
      const rest = points.filter((point) => selects.every((other) => other === select || fits(point, other.value, other)));
      for (const option of select.options) {
        const number = rest.filter((point) => fits(point, option.value, select)).length;
        option.textContent = `${option.value || _("All")} (${number})`;
        option.disabled = !number;
      }
    }
    for (const list of new Set(points.map((point) => point.parentElement))) {
      const heading = list.previousElementSibling;
      list.hidden = heading.hidden = [...list.children].every((point) => point.hidden);
      const entry = document.querySelector(`.contents a[href="#${heading.id}"]`)?.parentElement;
      if (entry) entry.hidden = heading.hidden;
    }
    const number = shown.length;
    status.textContent = document.querySelector(".parts")
      ? ngettext("Showing %(number)s of %(num)s point in this part.", "Showing %(number)s of %(num)s points in this part.", points.length)
      : ngettext("Showing %(number)s of %(num)s point.", "Showing %(number)s of %(num)s points.", points.length);
  };
  // The other groups open with the same choice.
  const keep = () => {
    const query = `${new URLSearchParams(selects.filter((select) => select.value).map((select) => [select.name, select.value]))}`;
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    for (const link of document.querySelectorAll(".groups a")) link.search = query;
  };

  form.append(reset, status);
  form.addEventListener("change", () => (show(), keep()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => (show(), keep())));
  first.before(form);

  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    const choice = asked.get(select.name);
    if ([...select.options].some((option) => option.value === choice)) select.value = choice;
  }
  show();
  if (location.search) keep();
})();
