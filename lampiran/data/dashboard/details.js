/* The rows of a month with their evidence, coverage of the official sheet, open reviews, changes, sources. */
(() => {
  const { core, rows, start, make, say, number, percent, quoted, unseen, button, pick } = board;
  const PERIOD = /^([mqsy])(\d+)(\??)$/, KINDS = { m: "month", q: "quarter", s: "semester", y: "year" };
  const periodName = (word) => { const [, kind, n, sign] = PERIOD.exec(word); return say(KINDS[kind] + "_" + Number(n)) + sign; };

  /* ---- rows */
  let shown = 18;
  function card(row, sure) {
    const text = board.textOf(row), address = board.address(row, text);
    if (!text) { return make("li", { class: "due-item" }, make("p", { class: "void" }, say(board.searchedShare().failed ? "lost_texts" : "no_texts"))); }
    const to = (value, field) => board.value(row, text, field, value);
    const place = text.page ? say("page") + " " + text.page : text.line ? say("line") + " " + text.line : "";
    const line = (key, value) => make("div", {}, [make("dt", {}, say(key)), make("dd", {}, value)]);
    return make("li", { class: "due-item" + (sure ? "" : " maybe") }, [
      make("p", { class: "due-top" }, [board.link(address, [text.id, place ? " · " + place : ""]), to(strip(row), "schedule"),
        ...text.periods.filter((word) => word[0] !== "m").map((word) => make("span", { class: "tag" }, periodName(word))),
        rows.state[row] === 3 ? make("span", { class: "tag" }, say("time_unknown")) : null,
        rows.flags[row] & board.REVIEW ? make("span", { class: "tag" }, say("asks")) : null]),
      make("p", { class: "due-action" }, to(quoted(text.action || "–"), "action")),
      make("dl", { class: "due-facts" }, [
        text.documents.length ? line("evidence", make("ul", {}, text.documents.map((one) => make("li", {}, to(quoted(one), "evidence"))))) : line("evidence", make("span", { class: "void" }, say("no_documents"))),
        line("team", [to(quoted(board.teamName(rows.team[row])), "responsible"), rows.flags[row] & board.UNSURE && core.teams[rows.team[row]] ? make("span", { class: "tag" }, say("team_unsure")) : null]),
        text.time ? line("time", to(quoted(text.time), "schedule")) : null,
        text.indicator ? line("indicator", to(quoted(text.indicator), "indicator")) : null,
      ]),
    ]);
  }
  /* Twelve marks for the months, and the same in words. */
  function strip(row) {
    const due = rows.due[row], perhaps = rows.perhaps[row];
    return make("span", { class: "strip", title: months(row) }, [unseen(months(row)), ...Array.from({ length: board.MONTHS }, (_, m) =>
      make("i", { class: (due >> m & 1 ? "due" : perhaps >> m & 1 ? "maybe" : "") + (String(m) === board.chosen.month ? " now" : "") }))]);
  }
  function months(row) {
    const due = rows.due[row], perhaps = rows.perhaps[row];
    return Array.from({ length: board.MONTHS }, (_, m) => due >> m & 1 ? board.month(m) : perhaps >> m & 1 ? board.month(m) + "?" : "").filter(Boolean).join(" ") || say("no_months");
  }
  function grouped(indices, sure) {
    const made = [];
    let last = -1;
    indices.forEach((row) => {
      const d = board.decreeOf[row];
      if (d !== last) { made.push(make(sure ? "h3" : "h4", { class: "decree-head" }, [quoted(board.decreeName(d)), " ", board.link(board.reportOf(d, "plan"), say("report"), { "aria-label": say("report") + " " + board.plain(board.decreeName(d)) })]), make("ul", { class: "due-list" })); }
      last = d;
      made[made.length - 1].append(card(row, sure));
    });
    return made;
  }
  board.views.push(function list() {
    const { sure, perhaps } = board.listed(), month = board.chosen.month;
    const years = [...new Set(board.found.decrees.map((d) => core.decrees[d].year))].sort((a, b) => (a || 9999) - (b || 9999));
    const when = month === "" ? "" : board.longMonth(Number(month));
    board.replace("due-when", (month === "" ? say("rows_title") : say("due") + " " + when) + (years.length === 1 && years[0] !== null ? " " + years[0] : ""));
    board.replace("due-said", [make("b", {}, number(sure.length)), " ", say(month === "" ? "rows_listed" : "due_rows", { n: sure.length }),
      month === "" ? null : [", ", make("b", {}, number(perhaps.length)), " ", say("perhaps")]]);
    const today = new Date();
    document.getElementById("other-year").hidden = month === "" || !years.length || years.every((year) => year === null || year === today.getFullYear());
    board.replace("other-year", say("other_year", { n: board.found.decrees.length, years: years.map(board.yearName).join(", "), now: String(today.getFullYear()) }));
    const first = sure.slice(0, shown), second = perhaps.slice(0, Math.max(0, shown - first.length));
    const build = () => {
      board.replace("due-list", first.length ? grouped(first, true) : make("p", { class: "void" }, say(perhaps.length ? "none_certain" : "nothing")));
      board.replace("perhaps-list", second.length ? [make("h3", {}, say("perhaps_due")), ...grouped(second, false)] : []);
    };
    build();
    const away = [...first, ...second].filter((row) => !board.textOf(row));
    if (board.loadable(away)) { board.withTexts(away, list); }
    board.more("due-more", sure.length + perhaps.length, shown, () => { shown += 60; board.render(); });
  });
  board.fewer = () => { shown = 18; };

  /* ---- coverage of the official sheet */
  function tally(decrees, questions) {
    const sum = { yes: 0, maybe: 0, all: 0, decrees: 0 };
    decrees.filter((d) => core.decrees[d].answers).forEach((d) => {
      sum.decrees += 1;
      questions.forEach((q) => {
        const told = core.decrees[d].answers[q];
        sum.all += 1;
        sum.yes += told === "1" ? 1 : 0;
        sum.maybe += told === "?" ? 1 : 0;
      });
    });
    return sum;
  }
  const everything = core.questions.map((_, q) => q);
  board.coverageOf = (decrees) => tally(decrees, everything);
  const share = (sum) => make("div", { class: "share", role: "img", "aria-label": say("share_said", { yes: number(sum.yes), maybe: number(sum.maybe), all: number(sum.all) }) }, [
    make("i", { class: "yes", style: { width: sum.yes / sum.all * 100 + "%" } }), make("i", { class: "maybe", style: { width: sum.maybe / sum.all * 100 + "%" } })]);
  function question(q, decrees) {
    const sum = tally(decrees, [q]), [code, , , name] = core.questions[q];
    const list = make("ul", { class: "answers" });
    const fold = make("details", { class: "question", on: { toggle: () => { if (fold.open) { answers(q, decrees, list); } } } }, [
      make("summary", {}, [make("span", { class: "code" }, code), quoted(name, { class: "q-name" }), share(sum),
        make("span", { class: "q-sum" }, [number(sum.yes) + " / " + number(sum.all), sum.maybe ? make("small", {}, " +" + number(sum.maybe) + "?") : null])]),
      list]);
    return fold;
  }
  const ANSWERS = { 0: "answer_no", 1: "answer_yes", "?": "answer_maybe" };
  function answers(q, decrees, list) {
    const own = decrees.filter((d) => core.decrees[d].answers);
    board.withTexts(own.filter((d) => core.decrees[d].rows).map((d) => start[d]), () => list.replaceChildren(...own.map((d) => {
      const part = board.parts.find((one) => d >= one.first && d < one.end), told = core.decrees[d].answers[q];
      const held = part.state === "here" ? (part.decrees[d - part.first].answers.find((one) => one[0] === q) || []).slice(1) : [];
      return make("li", { class: "a" + (told === "?" ? "maybe" : told) }, [
        board.link(board.reportOf(d, "coverage"), quoted(board.decreeName(d))), " ", make("span", { class: "label" }, say(ANSWERS[told])), " ",
        ...held.flatMap((row) => { const text = board.textOf(start[d] + row); return [board.link(board.address(start[d] + row, text), text.id), " "]; })]);
    })));
  }
  const PARTS = ["pemenuhan", "reform"], opened = new Set();
  board.views.push(() => {
    const decrees = board.found.decrees, own = decrees.filter((d) => core.decrees[d].answers), none = decrees.length - own.length;
    board.replace("coverage-said", [say("coverage_said", { n: number(own.length), all: number(decrees.length) }), none ? " " + say("coverage_none", { n: number(none) }) : ""]);
    const area = board.chosen.area;
    const numbers = [...new Set(core.questions.map((one) => one[1]))].filter((no) => !area || String(no) === area);
    const name = (no) => { const n = core.areas.findIndex((one) => one[0] === no); return n < 0 ? say("area") + " " + no : board.areaName(n); };
    const of = (no, part) => everything.filter((q) => core.questions[q][1] === no && core.questions[q][2] === part);
    if (!own.length) { board.replace("coverage-table", make("p", { class: "void" }, say("coverage_nothing"))); board.replace("questions", []); return; }
    const cells = (sum) => [make("td", {}, sum.all ? share(sum) : ""), make("td", { class: "num" }, sum.all ? [make("b", {}, percent(sum.yes / sum.all)), sum.maybe ? make("small", {}, " +" + percent(sum.maybe / sum.all) + "?") : null] : "–")];
    board.replace("coverage-table", make("table", { class: "list coverage-list" }, [
      make("thead", {}, make("tr", {}, [make("th", { scope: "col" }, say("area")), ...PARTS.map((part) => make("th", { scope: "colgroup", colspan: 2 }, say(part)))])),
      make("tbody", {}, numbers.map((no) => make("tr", {}, [make("th", { scope: "row" }, quoted(name(no))), ...PARTS.flatMap((part) => cells(tally(own, of(no, part))))]))),
      make("tfoot", {}, make("tr", {}, [make("th", { scope: "row" }, say("total")), ...PARTS.flatMap((part) => cells(tally(own, numbers.flatMap((no) => of(no, part)))))])),
    ]));
    board.replace("questions", numbers.map((no) => {
      const fold = make("details", { class: "kind", "data-area": no, on: { toggle: () => {
        if (fold.open) { opened.add(no); } else { opened.delete(no); }
        if (fold.open && fold.children.length === 1) { fold.append(make("div", { class: "q-list" }, PARTS.flatMap((part) => of(no, part)).map((q) => question(q, own)))); }
      } } }, make("summary", {}, [quoted(name(no)), " ", make("span", { class: "count" }, number(PARTS.flatMap((part) => of(no, part)).length)), " ", say("questions", { n: PARTS.flatMap((part) => of(no, part)).length })]));
      fold.open = opened.has(no);
      return fold;
    }));
  });

  /* ---- what waits for a person */
  let waiting = 10;
  board.views.push(() => {
    const kind = (code) => {
      const fold = make("details", { on: { toggle: () => {
        if (fold.open && fold.children.length === 1) {
          fold.append(make("ul", { class: "asking" }, held.filter(({ d }) => core.decrees[d].waiting.some((one) => one[0] === code)).map(({ d }) =>
            make("li", {}, [board.link(board.reportOf(d, "findings"), quoted(board.decreeName(d))), " ", number(core.decrees[d].waiting.find((one) => one[0] === code)[1])]))));
        }
      } } }, make("summary", {}, pick(core.codes[code].slice(1))));
      return fold;
    };
    const decrees = board.found.decrees, byCode = core.codes.map(() => ({ count: 0, decrees: 0 }));
    const held = decrees.map((d) => ({ d, open: board.openOf(d), errors: core.decrees[d].severities[0] })).filter((one) => one.open || one.errors || core.decrees[one.d].partly);
    decrees.forEach((d) => core.decrees[d].waiting.forEach(([code, count]) => { byCode[code].count += count; byCode[code].decrees += 1; }));
    board.replace("reviews-said", held.length ? say("reviews_said", { n: number(held.length), all: number(decrees.length) }) : say("calm"));
    const asked = byCode.map((one, code) => ({ ...one, code })).filter((one) => one.count).sort((a, b) => b.count - a.count);
    board.replace("reviews-kinds", asked.length ? make("table", { class: "list" }, [
      make("caption", {}, say("reviews_kinds")),
      make("thead", {}, make("tr", {}, [make("th", { scope: "col" }, say("finding")), make("th", { scope: "col", class: "num" }, say("count")), make("th", { scope: "col", class: "num" }, say("in_decrees"))])),
      make("tbody", {}, asked.map((one) => make("tr", {}, [make("th", { scope: "row" }, kind(one.code)), make("td", { class: "num" }, number(one.count)), make("td", { class: "num" }, number(one.decrees))])))]) : []);
    const ordered = held.sort((a, b) => b.errors - a.errors || b.open - a.open);
    board.replace("reviews-decrees", held.length ? make("table", { class: "list" }, [
      make("caption", {}, say("reviews_decrees")),
      make("thead", {}, make("tr", {}, ["decree", "open", "rows_asking", "not_read"].map((key, n) => make("th", { scope: "col", class: n ? "num" : null }, say(key))))),
      make("tbody", {}, ordered.slice(0, waiting).map(({ d, open }) => {
        let asking = 0;
        for (let row = start[d]; row < start[d + 1]; row += 1) { asking += rows.flags[row] & board.REVIEW; }
        return make("tr", {}, [make("th", { scope: "row" }, [board.link(board.reportOf(d, "findings"), quoted(board.decreeName(d))), core.decrees[d].reason ? make("small", { class: "block" }, pick(core.decrees[d].reason)) : null]), make("td", { class: "num" }, number(open)),
          make("td", { class: "num" }, asking ? button({ class: "cell" }, [number(asking), unseen(" " + say("rows_asking") + ", " + board.decreeName(d))], () => board.set({ ...board.toDecree(d), state: "review", month: "", area: "", team: "" }, "due")) : "0"),
          make("td", { class: "num" }, core.decrees[d].unread.length ? say("pages_unread", { n: core.decrees[d].unread.length, pages: core.decrees[d].unread.join(", ") }) : core.decrees[d].partly ? say("partly_short") : "–")]);
      }))]) : []);
    board.more("reviews-more", held.length, waiting, () => { waiting += 60; board.render(); });
  });

  /* ---- from year to year */
  let compared = 12;
  const SHOWN = ["same", "reworded", "moved_place", "moved_time", "new", "gone", "reading"];
  const TONE = { same: "same", reworded: "reworded", moved_place: "moved", moved_time: "moved", new: "new", gone: "gone", reading: "reading" };
  function changed(pair, kind) {
    const bit = 1 << core.kinds.indexOf(kind), found = [];
    for (let row = start[pair.b]; row < start[pair.b + 1]; row += 1) {
      if (rows.kinds[row] & bit) { found.push([rows.partner[row] ? start[pair.a] + rows.partner[row] - 1 : null, row]); }
    }
    pair.gone.forEach(([row, mask]) => { if (mask & bit) { found.push([start[pair.a] + row, null]); } });
    return found;
  }
  function showChanges(pair, kind) {
    const found = changed(pair, kind);
    const side = (row) => { const text = row === null ? null : board.textOf(row); return make("td", {}, row === null ? make("span", { class: "void" }, "–") :
      [board.link(board.address(row, text), text ? text.id : "…"), " ", text ? quoted(text.action) : "", make("small", { class: "block" }, months(row))]); };
    board.withTexts(found.flat().filter((row) => row !== null), () => {
      board.replace("change-rows", [
        make("h3", { tabindex: "-1", id: "change-head" }, [say("kind_" + kind), " · ", quoted(board.decreeName(pair.b)), " ", make("span", { class: "count" }, number(found.length))]),
        make("div", { class: "wide-table", tabindex: "0", role: "group", "aria-labelledby": "change-head" }, make("table", { class: "list changes" }, [make("thead", {}, make("tr", {}, [pair.a, pair.b].map((d) => make("th", { scope: "col" }, board.yearName(core.decrees[d].year))))),
          make("tbody", {}, found.map(([a, b]) => make("tr", {}, [side(a), side(b)])))]))]);
      document.getElementById("change-head").focus();
    });
  }
  board.views.push(() => {
    const left = new Set(board.found.decrees), own = core.pairs.filter((pair) => left.has(pair.b));
    board.replace("change-rows", []);
    board.replace("changes-said", own.length ? say("changes_said", { n: number(own.length) }) : say(core.pairs.length ? "changes_none_here" : "changes_none"));
    board.replace("changes-table", own.length ? make("table", { class: "list changes-list" }, [
      make("thead", {}, make("tr", {}, [make("th", { scope: "col" }, say("office")), make("th", { scope: "col" }, say("share")), ...SHOWN.map((kind) => make("th", { scope: "col", class: "num" }, say("kind_" + kind)))])),
      make("tbody", {}, own.slice(0, compared).map((pair) => {
        const count = (kind) => pair.counts[core.kinds.indexOf(kind)], all = SHOWN.reduce((sum, kind) => sum + count(kind), 0) || 1;
        const decree = core.decrees[pair.b];
        return make("tr", {}, [make("th", { scope: "row" }, [quoted(board.officeName(decree.office)), make("small", { class: "block" }, [board.link(board.reportOf(pair.a, "plan"), board.yearName(core.decrees[pair.a].year)), " → ", board.link(board.reportOf(pair.b, "plan"), board.yearName(decree.year))])]),
          make("td", {}, make("div", { class: "share stack", "aria-hidden": "true" }, SHOWN.map((kind) => count(kind) ? make("i", { class: "k-" + TONE[kind], style: { width: count(kind) / all * 100 + "%" } }) : null))),
          ...SHOWN.map((kind) => make("td", { class: "num" }, count(kind) ? button({ class: "cell k-text-" + TONE[kind] }, [number(count(kind)), unseen(" " + say("kind_" + kind) + ", " + board.decreeName(pair.b))], () => showChanges(pair, kind)) : make("span", { class: "zero" }, "0")))]);
      })),
      make("tfoot", {}, make("tr", {}, [make("th", { scope: "row", colspan: 2 }, say("total")), ...SHOWN.map((kind) => make("td", { class: "num" }, number(own.reduce((sum, pair) => sum + pair.counts[core.kinds.indexOf(kind)], 0))))])),
    ]) : []);
    board.more("changes-more", own.length, compared, () => { compared += 60; board.render(); });
  });

  /* ---- sources */
  let listed = 20;
  board.views.push(() => {
    const decrees = board.found.decrees;
    board.replace("sources-table", make("table", { class: "list sources" }, [
      make("thead", {}, make("tr", {}, ["decree", "number", "file", "rows_short", "findings", "sha256", "program"].map((key) => make("th", { scope: "col", class: key === "rows_short" || key === "findings" ? "num" : null }, say(key))))),
      make("tbody", {}, decrees.slice(0, listed).map((d) => {
        const decree = core.decrees[d], all = decree.severities.reduce((sum, count) => sum + count, 0);
        return make("tr", {}, [make("th", { scope: "row" }, [board.link(board.reportOf(d), quoted(board.decreeName(d))), decree.partly ? make("span", { class: "pill error" }, say("partly_short")) : null]),
          make("td", {}, quoted(decree.number || say("no_number"))), make("td", { class: "file" }, quoted(decree.file)), make("td", { class: "num" }, number(decree.rows)),
          make("td", { class: "num" }, board.link(board.reportOf(d, "findings"), [number(all), unseen(" " + say("findings") + ", " + board.decreeName(d))])), make("td", {}, make("code", { title: decree.sha256 }, decree.sha256.slice(0, 12))), make("td", {}, decree.program || "–")]);
      }))]));
    board.more("sources-more", decrees.length, listed, () => { listed += 120; board.render(); });
    board.replace("uncounted", core.uncounted.length ? [make("h3", {}, [say("uncounted"), " ", make("span", { class: "count" }, number(core.uncounted.length))]),
      make("ul", { class: "uncounted" }, core.uncounted.map(([name, state, id, en, beside]) => make("li", {}, [make("span", { class: "pill u-" + state }, say("state_" + state)), " ", make("b", {}, quoted(name)), beside ? " " + say("counted_instead", { name: board.plain(beside) }) : "", id ? make("span", { class: "why" }, pick([id, en])) : ""])))] : []);
  });
})();
