/* Filters, the address that remembers them, and the first drawing. */
(() => {
  const { core, chosen, make, say, number } = board;
  const at = (id) => document.getElementById(id);
  const controls = [...document.querySelectorAll("[data-filter]")];

  function options() {
    const item = (value, text, settings) => make("option", { value, ...settings }, board.plain(text));
    const any = (key) => item("", say(key));
    at("filter-office").replaceChildren(any("any_office"), ...core.offices.map(([name], n) => item(board.keyOf(name), board.officeName(n), { lang: "id" })));
    at("filter-year").replaceChildren(any("any_year"), ...[...board.years, ...(core.decrees.some((decree) => decree.year === null) ? [null] : [])].map((year) => item(board.keyOf(year), board.yearName(year))));
    at("filter-area").replaceChildren(any("any_area"), ...core.areas.map(([no], n) => item(String(no), board.areaName(n), { lang: "id" })));
    at("filter-team").replaceChildren(any("any_team"), ...core.teams.map((team, n) => item(board.keyOf(team), board.teamName(n), { lang: "id" })));
    at("filter-month").replaceChildren(any("all_year"), ...Array.from({ length: board.MONTHS }, (_, m) => item(String(m), board.longMonth(m))));
    at("filter-state").replaceChildren(any("any_state"), ...["planned", "perhaps", "review", "unknown", "none"].map((key) => item(key, say("only_" + key))));
    controls.forEach((control) => { control.value = chosen[control.dataset.filter]; });
  }

  board.notes = () => {
    const share = board.searchedShare(), found = board.found;
    const yearless = chosen.year.trim() ? found.decrees.filter((d) => core.decrees[d].year === null).length : 0;
    const notes = [share.failed ? say("parts_failed") : "", yearless ? say("yearless", { n: number(yearless) }) : ""].filter(Boolean);
    at("notes").hidden = !notes.length;
    board.replace("notes", notes.join(" "));
  };
  board.render = () => {
    board.select();
    board.views.forEach((view) => view());
    const found = board.found, share = board.searchedShare();
    board.replace("said", [make("b", {}, number(found.rows.length)), " ", say("of"), " ", number(board.decreeOf.length), " ", say("rows_listed", { n: board.decreeOf.length }), " · ",
      make("b", {}, number(found.decrees.length)), " ", say("of"), " ", number(core.decrees.length), " ", say("decrees", { n: core.decrees.length }),
      make("span", { class: "print-only" }, controls.filter((control) => control.value).map((control) => say(control.type === "search" ? "search" : control.dataset.filter) + ": " + (control.type === "search" ? control.value : control.selectedOptions[0].textContent)).join(" · ")),
      chosen.q ? " · " + say("searched", { n: number(share.decrees), all: number(core.decrees.length) }) : ""]);
    board.notes();
    at("clear").disabled = Object.keys(chosen).every((name) => chosen[name] === board.standard[name]);
  };
  function remember(section) {
    const said = new URLSearchParams();
    Object.keys(chosen).forEach((name) => { if (chosen[name] !== board.standard[name]) { said.set(name, chosen[name]); } });
    const words = String(said);
    try { history.replaceState(null, "", words || section ? "#" + (section || "top") + (words ? "?" + words : "") : location.pathname); } catch (refused) { /* the address stays */ }
  }
  board.go = (section) => {
    const head = document.querySelector("#" + section + " h2");
    head.scrollIntoView({ block: "start" });
    head.focus({ preventScroll: true });
    remember(section);
  };
  board.set = (values, section) => {
    Object.assign(chosen, values);
    controls.forEach((control) => { control.value = chosen[control.dataset.filter]; });
    board.fewer();
    board.render();
    remember(section);
    if (section) { board.go(section); }
  };

  controls.forEach((control) => control.addEventListener("input", () => {
    chosen[control.dataset.filter] = control.value;
    board.fewer();
    if (control.type === "search") { board.search(board.render); } else { board.render(); }
    remember();
  }));
  at("clear").addEventListener("click", () => {
    Object.assign(chosen, board.standard);
    board.search(() => {});
    board.set({}, null);
    at("filter-office").focus();
  });
  document.querySelectorAll("[data-by]").forEach((one) => one.addEventListener("click", () => board.groupBy(one.dataset.by)));

  /* Arrows go from cell to cell of a table. */
  document.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const cell = event.target.closest && event.target.closest(".heat td");
    if (!step || !cell) { return; }
    const table = cell.closest("table"), lines = [...table.rows];
    let [line, place] = [lines.indexOf(cell.parentElement) + step[0], cell.cellIndex + step[1]];
    while (lines[line] && lines[line].cells[place]) {
      const next = lines[line].cells[place].querySelector("button");
      if (next) { next.focus(); event.preventDefault(); return; }
      line += step[0];
      place += step[1];
    }
  });

  function reveal(first) {
    const [section, said] = location.hash.slice(1).split(/\?(.*)/s);
    if (said || !first) {
      const values = new URLSearchParams(said || "");
      Object.keys(chosen).forEach((name) => { chosen[name] = values.has(name) ? values.get(name) : board.standard[name]; });
      controls.forEach((control) => { control.value = chosen[control.dataset.filter]; if (control.value !== chosen[control.dataset.filter]) { control.value = chosen[control.dataset.filter] = board.standard[control.dataset.filter]; } });
    }
    if (chosen.q) { board.search(board.render); } else { board.search(() => {}); board.render(); }
    if (section && at(section) && !first) { at(section).scrollIntoView(); }
    if (section && at(section) && first) { at(section).scrollIntoView(); }
  }
  options();
  reveal(true);
  document.addEventListener("lampiran-language", () => { options(); board.render(); });
  window.addEventListener("hashchange", () => { if (location.hash.includes("?")) { reveal(false); } });
  performance.mark("usable");
})();
