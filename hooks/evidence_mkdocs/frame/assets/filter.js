// Narrows the list on the references page by kind, nation, theme and year. Without this script the whole list is shown.
(() => {
  "use strict";
  const entries = [...document.querySelectorAll("li.reference[data-kind]")];
  const heading = document.getElementById("all");
  if (!entries.length || !heading) return;

  const fields = [
    ["kind", "Kind of source"],
    ["about", "About"],
    ["cited", "Cited where the review speaks of"],
    ["themes", "Theme"],
    ["year", "Year"],
  ];
  const values = (entry, name) => entry.dataset[name].split("¦").filter(Boolean);
  const form = document.createElement("form");
  form.className = "narrow";
  form.setAttribute("aria-label", "Narrow the list of sources");
  const status = document.createElement("p");
  status.setAttribute("role", "status");

  const selects = fields.map(([name, title]) => {
    const label = document.createElement("label");
    const select = document.createElement("select");
    const choices = [...new Set(entries.flatMap((entry) => values(entry, name)))].sort((a, b) => a.localeCompare(b, "en-GB"));
    if (name === "year") choices.reverse();
    select.name = name;
    select.append(new Option("All", ""), ...choices.map((choice) => new Option(choice, choice)));
    label.append(title, select);
    form.append(label);
    return select;
  });

  const show = () => {
    let shown = 0;
    for (const entry of entries) {
      const match = selects.every((select) => !select.value || values(entry, select.name).includes(select.value));
      entry.hidden = !match;
      shown += match;
    }
    status.textContent = `Showing ${shown} of ${entries.length} sources.`;
    const query = new URLSearchParams(selects.filter((select) => select.value).map((select) => [select.name, select.value]));
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  };

  const reset = document.createElement("button");
  reset.type = "reset";
  reset.textContent = "Show all sources";
  form.append(reset, status);
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  heading.after(form);

  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    const choice = asked.get(select.name);
    if ([...select.options].some((option) => option.value === choice)) select.value = choice;
  }
  if (selects.some((select) => select.value)) show();
})();
