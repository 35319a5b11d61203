// How many copies and sheets a meeting needs: counted from the table of the kit, in whose place this form stands. The choice is kept in the address alone.
(() => {
  "use strict";
  const kit = document.querySelector("article [data-people]");
  const table = document.querySelector("article [data-share]")?.closest("table");
  if (!kit || !table) return;

  const make = (name, css = "", ...children) => {
    const element = document.createElement(name);
    if (css) element.className = css;
    element.append(...children);
    return element;
  };
  const sheets = (number) => ngettext("%(num)s sheet", "%(num)s sheets", number);
  const link = (address, text) => Object.assign(make("a", "", text), { href: address });

  // What the table says of each paper: how many people share a copy (0: one is enough), and its files.
  const papers = [...table.querySelectorAll("[data-share]")].map((title) => {
    const files = {};
    for (const file of title.closest("tr").querySelectorAll("[data-size]")) {
      const { size, pages, sheets, cut } = file.dataset;
      files[size] = { address: file.getAttribute("href"), name: file.textContent, pages: Number(pages), sheets: Number(sheets), cut };
    }
    return { title: title.textContent, share: Number(title.dataset.share), files };
  });
  const plans = [...document.querySelectorAll("article a[href*='#plan-']")].map((plan) => ({
    minutes: plan.href.split("#plan-")[1],
    address: plan.getAttribute("href"),
    text: plan.textContent,
  }));
  const MOST = 99;

  // The form.
  const form = make("form", "kit");
  form.setAttribute("aria-label", _("The meeting kit"));
  form.autocomplete = "off";
  const number = (name, text, least) => {
    const input = make("input");
    Object.assign(input, { type: "number", name, min: least, max: MOST, inputMode: "numeric" });
    form.append(make("label", "number", make("span", "", text), input));
    return input;
  };
  const people = number("people", _("How many people?"), 1);
  const large = number("large", _("Large print for how many?"), 0);
  const times = plans.map((plan) => {
    const input = make("input");
    Object.assign(input, { type: "radio", name: "minutes", value: plan.minutes });
    return { input, label: make("label", "choice", input, make("span", "", ngettext("%(num)s minute", "%(num)s minutes", plan.minutes))) };
  });
  if (times.length) {
    form.append(make("fieldset", "", make("legend", "", _("How long have you got?")), ...times.map((time) => time.label)));
  }
  const total = make("p", "choose-count");
  total.setAttribute("role", "status");
  const answer = make("div");
  form.append(total, answer, make("p", "", _("The address of this page keeps your choice. Send it to others, and they see the same.")));

  const whole = (input) => Math.min(Math.max(Math.trunc(Number(input.value)) || 0, Number(input.min)), MOST);

  // How many copies of a paper in each size; cards that a group shares are in large print where anyone wants that.
  const copies = (paper, all, inLarge) => {
    const { standard, large } = paper.files;
    const big = large ? (standard ? Math.min(inLarge, all) : all) : 0;
    if (!paper.share) return [[!standard || big === all || (big && standard.cut) ? "large" : "standard", 1]];
    const needed = (number) => Math.ceil(number / paper.share);
    return [["standard", needed(all - big)], ["large", needed(big)]].filter(([, number]) => number);
  };

  const show = () => {
    const [all, inLarge] = [whole(people), whole(large)];
    let both = 0;
    let one = 0;
    const cut = [];
    const list = make("ol");
    for (const paper of papers) {
      const files = make("ul");
      for (const [size, number] of copies(paper, all, inLarge)) {
        const file = paper.files[size];
        both += number * file.sheets;
        one += number * file.pages;
        if (file.cut && !cut.includes(paper.title)) cut.push(paper.title);
        files.append(make("li", "", `${ngettext("%(num)s copy", "%(num)s copies", number)}, ${sheets(number * file.sheets)}: `, link(file.address, file.name)));
        files.lastChild.lastChild.setAttribute("aria-label", `${file.name}: ${paper.title}`);
      }
      list.append(make("li", "", make("strong", "", paper.title), files));
    }
    const needed = sheets(both);
    total.textContent = _("You need %(needed)s of paper if you print on both sides, or %(one)s on one side.");
    answer.replaceChildren(make("p", "", _("Print these, and hand them out in this order:")), list);
    const titles = cut.join(", ");
    if (titles) answer.append(make("p", "", _("To cut out: %(titles)s.")));
    if (all === Number(kit.dataset.people) && !inLarge) {
      answer.prepend(make("p", "", _("One file holds all of it: "), link(kit.getAttribute("href"), kit.textContent)));
    }
    const plan = plans.find((_, place) => times[place].input.checked);
    if (plan) answer.append(make("p", "", _("To plan your time: "), link(plan.address, plan.text)));
  };
  // The other forms of the page have their own words in the address.
  const OWN = /^(?:people|large|minutes)=/;
  const keep = () => {
    const others = location.search.slice(1).split("&").filter((part) => part && !OWN.test(part));
    const time = times.find(({ input }) => input.checked)?.input.value;
    const own = [`people=${whole(people)}`, whole(large) && `large=${whole(large)}`, time && `minutes=${time}`].filter(Boolean);
    history.replaceState(null, "", `${location.pathname}?${[...others, ...own].join("&")}${location.hash}`);
  };

  const asks = new URLSearchParams(location.search);
  people.value = Number(asks.get("people")) > 0 ? asks.get("people") : kit.dataset.people;
  large.value = asks.get("large") ?? "0";
  for (const input of [people, large]) input.value = String(whole(input));
  for (const { input } of times) input.checked = input.value === asks.get("minutes");
  form.addEventListener("input", () => {
    show();
    keep();
  });
  form.addEventListener("change", () => {
    for (const input of [people, large]) input.value = String(whole(input));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
  const box = table.closest(":is(article, .page-text) > *") ?? table;
  box.before(form);
  box.classList.add("counted");
})();
