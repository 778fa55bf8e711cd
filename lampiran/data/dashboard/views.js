/* Figures, offices and years, heat map and Gantt: what is counted, each number a way to its rows. */
(() => {
  const { core, rows, make, draw, say, number, percent, quoted, unseen, button, MONTHS } = board;
  const twelve = Array.from({ length: MONTHS }, (_, m) => m);
  const LEVELS = 6;
  const level = (count, most) => count ? Math.ceil(count / most * LEVELS) : 0;
  const most = (cells) => Math.max(1, ...cells.map((cell) => Math.max(...cell.due)));
  const maybe = (count) => count ? make("small", {}, ["+" + number(count), make("span", { "aria-hidden": "true" }, "?"), unseen(" " + say("perhaps"))]) : null;

  /* ---- figures */
  function tile(count, key, act, settings) {
    return make("li", settings, button({ class: "tile" }, [make("b", {}, count), make("span", {}, say(key.key || key, key))], act));
  }
  board.views.push(() => {
    const found = board.found, listed = board.listed(), month = board.chosen.month;
    const when = month === "" ? say("all_year") : board.longMonth(Number(month));
    const sheet = board.coverageOf(found.decrees);
    const open = found.decrees.reduce((sum, d) => sum + board.openOf(d), 0);
    board.replace("figures", [
      tile(number(found.decrees.length), { key: "figure_decrees", n: found.decrees.length }, () => board.go("sources")),
      tile(number(found.rows.length), { key: "figure_rows", n: found.rows.length }, () => board.set({ month: "" }, "due")),
      tile([number(listed.sure.length), maybe(listed.perhaps.length)], { key: "figure_due", month: when }, () => board.go("due"), { class: "strong" }),
      tile(number(found.unknown), "figure_unknown", () => board.set({ state: "unknown", month: "" }, "due"), { class: found.unknown ? "amber" : null }),
      tile([number(open)], { key: "figure_open", n: open, rows: number(found.reviews) }, () => board.go("reviews"), { class: open ? "amber" : null }),
      tile(sheet.all ? percent(sheet.yes / sheet.all) : "–", { key: "figure_coverage", n: number(sheet.decrees) }, () => board.go("coverage")),
    ]);
  });

  /* ---- offices and years */
  const SPARK = 24;
  /* All boxes have one scale, so that they can be compared. */
  const tallest = () => Math.max(1, ...board.found.byDecree.flatMap((cell) => twelve.map((m) => cell.due[m] + cell.perhaps[m])));
  let top = 1;
  function spark(cell) {
    const said = twelve.map((m) => board.month(m) + " " + cell.due[m] + (cell.perhaps[m] ? " +" + cell.perhaps[m] + "?" : "")).join(", ");
    return draw("svg", { class: "spark", viewBox: "0 0 96 " + SPARK, role: "img", "aria-label": said, preserveAspectRatio: "none" }, [
      ...twelve.map((m) => draw("rect", { class: "ground", x: m * 8, y: SPARK - 1, width: 7, height: 1 })),
      ...twelve.flatMap((m) => {
        const due = cell.due[m] / top * SPARK, perhaps = cell.perhaps[m] / top * SPARK;
        return [
          cell.due[m] ? draw("rect", { class: "bar" + (String(m) === board.chosen.month ? " now" : ""), x: m * 8, y: SPARK - due, width: 7, height: due }) : null,
          cell.perhaps[m] ? draw("rect", { class: "maybe", x: m * 8 + .5, y: SPARK - due - perhaps + .5, width: 6, height: Math.max(1, perhaps - 1) }) : null,
        ];
      }),
    ]);
  }
  board.toDecree = (d) => ({ office: board.keyOf(core.offices[core.decrees[d].office][0]), year: board.keyOf(core.decrees[d].year) });
  function decreeCell(d) {
    const decree = core.decrees[d], cell = board.found.byDecree[d], sheet = board.coverageOf([d]);
    const open = board.openOf(d);
    const chosen = board.chosen.office === board.keyOf(core.offices[decree.office][0]) && board.chosen.year === board.keyOf(decree.year);
    return make("div", { class: "decree" + (chosen ? " chosen" : "") }, [
      button({ class: "pick", title: board.plain(decree.number ? say("number") + " " + decree.number : decree.name) },
        [spark(cell), make("span", { class: "under-spark" }, [make("b", {}, number(cell.rows)), " ", say("rows_short", { n: cell.rows }),
          sheet.all ? make("span", {}, " · " + say("lke") + " " + percent(sheet.yes / sheet.all)) : null,
          open ? make("span", { class: "pill review", title: say("open_short") }, [number(open) + "?", unseen(" " + say("open_short"))]) : null,
          decree.partly ? make("span", { class: "pill error" }, say("partly_short")) : null])],
        () => board.set(board.toDecree(d), "offices")),
      board.link(board.reportOf(d), [say("report"), unseen(" " + board.decreeName(d))], { class: "to-report" }),
    ]);
  }
  let offices = 10;
  board.views.push(() => {
    top = tallest();
    const years = [...new Set(core.decrees.map((decree) => decree.year))].sort((a, b) => (a || 9999) - (b || 9999));
    const shown = core.offices.map((_, n) => n).filter((n) => !board.chosen.office || board.keyOf(core.offices[n][0]) === board.chosen.office);
    const lines = shown.flatMap((office) => {
      const own = core.decrees.map((_, d) => d).filter((d) => core.decrees[d].office === office);
      return core.offices[office][0] ? [own] : own.map((d) => [d]);
    });
    const body = lines.slice(0, offices).map((own) => make("tr", {}, [
      make("th", { scope: "row" }, quoted(board.decreeOffice(own[0]), { title: board.plain(core.offices[core.decrees[own[0]].office][1]) })),
      ...years.map((year) => {
        const held = own.filter((d) => core.decrees[d].year === year);
        return make("td", { class: board.keyOf(year) === board.chosen.year ? "now" : null }, held.length ? held.map(decreeCell) : make("span", { class: "void" }, say("no_decree")));
      }),
    ]));
    board.replace("offices-table", make("table", { class: "matrix" }, [
      make("caption", { class: "sr" }, say("offices")),
      make("thead", {}, make("tr", {}, [make("th", { scope: "col" }, say("office")), ...years.map((year) =>
        make("th", { scope: "col", class: board.keyOf(year) === board.chosen.year ? "now" : null }, board.yearName(year)))])),
      make("tbody", {}, body),
    ]));
    reach(document.getElementById("offices-table"));
    more("offices-more", lines.length, offices, () => { offices += 48; board.render(); });
  });
  /* Where the table is wider than the screen, the chosen year is brought beside the names, which stay. */
  let reached = null;
  function reach(place) {
    const now = place.querySelector("thead .now");
    if (!now || reached === board.chosen.year) { return; }
    reached = board.chosen.year;
    const names = place.querySelector("tbody th"), covered = names ? names.offsetWidth : 0;
    if (now.offsetLeft + now.offsetWidth > place.scrollLeft + place.clientWidth || now.offsetLeft < place.scrollLeft + covered) {
      place.scrollLeft = now.offsetLeft - covered;
    }
  }
  function more(id, all, limit, act) {
    board.replace(id, all > limit ? [button({ class: "button" }, say("more", { n: number(all - limit) }), act), make("span", { class: "print-only" }, say("not_printed", { n: number(all - limit) }))] : []);
  }
  board.more = more;

  /* ---- heat map */
  let by = "area", lines = 14;
  const groups = {
    area: () => core.areas.map((_, n) => ({ cell: board.found.byArea[n], name: board.areaName(n), others: core.areas[n][2], to: { area: String(core.areas[n][0]) } })),
    team: () => core.teams.map((team, n) => ({ cell: board.found.byTeam[n], name: board.teamName(n), to: { team: board.keyOf(team) } })),
    office: () => core.offices.map(([name], n) => ({ cell: board.found.byOffice[n], name: board.officeName(n), to: { office: board.keyOf(name) } })),
  };
  function heatCell(due, perhaps, top, label, act) {
    const plain = !due && !perhaps;
    return make("td", { class: !due && perhaps ? "hatched" : "h" + level(due, top) },
      plain ? make("span", {}, [make("span", { class: "zero" }, "0")]) :
        button({ class: "cell", "data-cell": true }, [due || !perhaps ? number(due) : null, maybe(perhaps), unseen(" " + label)], act));
  }
  board.views.push(() => {
    const all = groups[by]().filter((one) => one.cell.rows).sort((a, b) => by === "area" ? 0 : b.cell.rows - a.cell.rows);
    const top = most(all.map((one) => one.cell)), total = board.found.all, now = Number(board.chosen.month || -1);
    const head = twelve.map((m) => make("th", { scope: "col", class: m === now && board.chosen.month !== "" ? "now" : null }, board.month(m)));
    const body = all.slice(0, lines).map((one) => make("tr", {}, [
      make("th", { scope: "row" }, [quoted(one.name, { class: "name" }), one.others ? make("small", { class: "others" }, " " + say("other_names", { n: number(one.others) })) : null]),
      ...twelve.map((m) => heatCell(one.cell.due[m], one.cell.perhaps[m], top, one.name + ", " + board.longMonth(m), () => board.set({ ...one.to, month: String(m) }, "due"))),
      make("td", { class: "sum" }, button({ class: "cell" }, [number(one.cell.rows), unseen(" " + say("rows_short", { n: one.cell.rows }) + ", " + one.name)], () => board.set({ ...one.to, month: "" }, "due"))),
    ]));
    board.replace("heat-table", !all.length ? make("p", { class: "void" }, say("nothing")) : make("table", { class: "heat" }, [
      make("caption", { class: "sr" }, say("heat")),
      make("thead", {}, make("tr", {}, [make("th", { scope: "col" }, say("by_" + by)), ...head, make("th", { scope: "col", class: "sum" }, say("rows_short"))])),
      make("tbody", {}, body),
      make("tfoot", {}, make("tr", {}, [make("th", { scope: "row" }, say("total")),
        ...twelve.map((m) => make("td", {}, button({ class: "cell" }, [number(total.due[m]), maybe(total.perhaps[m]), unseen(" " + board.longMonth(m))], () => board.set({ month: String(m) }, "due")))),
        make("td", { class: "sum" }, number(total.rows))])),
    ]));
    more("heat-more", all.length, lines, () => { lines += 60; board.render(); });
    document.querySelectorAll("[data-by]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.by === by)));
  });
  board.groupBy = (wanted) => { by = wanted; lines = 14; board.render(); };

  /* ---- Gantt: one line a row where few are left, else one a team of an area */
  const FEW = 130;
  let lanes = 40;
  /* Months side by side in one state. */
  function runs(masks) {
    const found = [];
    twelve.forEach((m) => {
      const last = found[found.length - 1];
      if (!masks[m]) { return; }
      if (last && last.kind === masks[m] && last.end === m) { last.end = m + 1; } else { found.push({ kind: masks[m], from: m, end: m + 1 }); }
    });
    return found;
  }
  const spoken = (run) => (run.kind === "due" ? "" : say("perhaps") + " ") + board.month(run.from) + (run.end - run.from > 1 ? "–" + board.month(run.end - 1) : "");
  function lane(name, cell, top, settings) {
    const kinds = twelve.map((m) => cell.due[m] ? "due" : cell.perhaps[m] ? "maybe" : "");
    const found = runs(kinds);
    return make("li", { class: "lane", ...settings }, [
      make("div", { class: "lane-name" }, [name, unseen(": " + (found.map(spoken).join(", ") || say("no_months")))]),
      make("div", { class: "track", "aria-hidden": "true" }, [
        ...twelve.map((m) => make("i", { class: "slot" + (String(m) === board.chosen.month ? " now" : ""), style: { "grid-column": String(m + 1) } })),
        ...found.map((run) => make("div", { class: "run " + run.kind, style: { "grid-column": (run.from + 1) + " / " + (run.end + 1) } },
          twelve.slice(run.from, run.end).map((m) => make("span", { class: run.kind === "due" ? "h" + Math.max(1, level(cell.due[m], top)) : null },
            top === 1 ? (run.kind === "maybe" ? "?" : "") : [run.kind === "due" ? number(cell.due[m]) : "", cell.perhaps[m] ? make("small", {}, (run.kind === "due" ? "+" : "") + cell.perhaps[m] + "?") : null])))),
        !found.length && cell.rows ? make("span", { class: "nothing" }, say("no_months")) : null,
      ]),
    ]);
  }
  const own = (row) => ({
    rows: 1, due: twelve.map((m) => board.found.due[row] >> m & 1), perhaps: twelve.map((m) => (board.found.perhaps[row] & ~board.found.due[row]) >> m & 1),
  });
  function rowLane(row) {
    const text = board.textOf(row);
    return lane([board.value(row, text, "action", quoted(text ? text.action || text.id : "…")),
      make("span", { class: "lane-team" }, [text ? text.id + " · " : "", quoted(board.teamName(rows.team[row]))])], own(row), 1,
    { class: "lane one" + (rows.flags[row] & board.REVIEW ? " doubtful" : "") });
  }
  function teamLanes(area) {
    return core.teams.map((_, team) => ({ team, cell: board.found.byLane.get(area * core.teams.length + team) })).filter((one) => one.cell);
  }
  const ganttHead = (name) => make("li", { class: "lane lane-head" }, [make("div", { class: "lane-name" }, make("h3", {}, quoted(name))),
    make("div", { class: "track", "aria-hidden": "true" }, twelve.map((m) => make("b", {}, board.month(m))))]);
  board.views.push(function gantt() {
    const found = board.found, few = found.rows.length <= FEW, made = [];
    let left = lanes, all = 0;
    core.areas.forEach((_, area) => {
      const held = few ? found.rows.filter((row) => rows.area[row] === area).sort((a, b) => rows.team[a] - rows.team[b] || a - b) : teamLanes(area).sort((a, b) => b.cell.rows - a.cell.rows);
      all += held.length;
      const shown = held.slice(0, Math.max(0, left));
      left -= shown.length;
      if (!shown.length) { return; }
      const top = few ? 1 : most([...found.byLane.values()]);
      made.push(make("ol", { class: "lanes" }, [ganttHead(board.areaName(area)), ...(few ? shown.map(rowLane) : shown.map(({ team, cell }) =>
        lane(button({ class: "quiet" }, quoted(board.teamName(team)), () => board.set({ area: String(core.areas[area][0]), team: board.keyOf(core.teams[team]), month: "" }, "gantt")), cell, top)))]));
    });
    board.replace("gantt-lanes", made.length ? made : make("p", { class: "void" }, say("nothing")));
    document.getElementById("gantt-about").textContent = say(few ? "gantt_rows" : "gantt_teams");
    more("gantt-more", all, lanes, () => { lanes += 120; board.render(); });
    if (few && found.rows.some((row) => !board.textOf(row) && board.parts[0].state !== "failed")) {
      const away = found.rows.filter((row) => !board.textOf(row));
      if (board.loadable(away)) { board.withTexts(away, gantt); }
    }
  });
  board.loadable = (indices) => indices.some((row) => board.parts.some((part) => part.state === "away" && board.decreeOf[row] >= part.first && board.decreeOf[row] < part.end));
})();
