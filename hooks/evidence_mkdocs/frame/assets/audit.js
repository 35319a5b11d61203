// Narrows the audit to the points with one outcome. Without this script all are shown, and the lists by outcome lead to each.
(() => {
  "use strict";
  const headings = [...document.querySelectorAll('h3[id^="outcome-"]')];
  if (!headings.length) return;

  const section = (heading) => {
    const parts = [heading];
    for (let next = heading.nextElementSibling; next && !/^H[1-3]$/.test(next.tagName); next = next.nextElementSibling) parts.push(next);
    return parts;
  };
  const groups = headings.map((heading) => {
    const list = section(heading);
    const links = list.flatMap((part) => [...part.querySelectorAll("li > a")]);
    const points = links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
    return { id: heading.id, number: points.length, parts: [...list, ...points.flatMap(section)] };
  });
  const all = groups.reduce((sum, group) => sum + group.number, 0);

  const form = document.createElement("form");
  const label = document.createElement("label");
  const select = document.createElement("select");
  const status = document.createElement("p");
  form.className = "narrow few";
  form.setAttribute("aria-label", _("Narrow the list of points"));
  status.setAttribute("role", "status");
  const name = (heading) => heading.firstChild.textContent.replace(/: \d+$/, "");
  select.append(new Option(_("All outcomes"), ""), ...headings.map((heading) => new Option(name(heading), heading.id)));
  label.append(_("Show points with this outcome"), select);
  form.append(label, status);
  headings[0].before(form);

  const tell = (number) => {
    status.textContent = ngettext("Showing %(number)s of %(num)s point.", "Showing %(number)s of %(num)s points.", all);
  };
  const show = () => {
    for (const group of groups) for (const part of group.parts) part.hidden = Boolean(select.value) && select.value !== group.id;
    const shown = groups.reduce((sum, group) => sum + (!select.value || select.value === group.id ? group.number : 0), 0);
    tell(shown);
    history.replaceState(null, "", select.value ? `?outcome=${select.value.slice(8)}` : location.pathname);
  };
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A link leads to its point even where that was not among those shown.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.hidden) return;
    const { hash } = location;
    select.value = "";
    show();
    location.hash = hash;
  });

  tell(all);
  const asked = `outcome-${new URLSearchParams(location.search).get("outcome")}`;
  if (headings.some((heading) => heading.id === asked)) {
    select.value = asked;
    show();
  }
})();
