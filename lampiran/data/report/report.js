(function () {
  var root = document.documentElement, each = lampiran.each;
  var at = function (id) { return document.getElementById(id); };
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };

  /* ---- searching what is shown: the chosen language, open details, no words for screen readers alone */
  function shownText(node) {
    if (node.nodeType === 3) { return node.nodeValue; }
    if (node.nodeType !== 1 || node.hidden || node.tagName === "TEMPLATE") { return ""; }
    var names = node.classList;
    if (names.contains("sr") || names.contains(root.lang === "en" ? "l-id" : "l-en")) { return ""; }
    var inside = node.tagName === "DETAILS" && !node.open ? node.querySelectorAll(":scope > summary") : node.childNodes;
    return Array.prototype.map.call(inside, shownText).join(names.contains("value") ? "" : " ");
  }
  function textOf(nodes) {
    return nodes.filter(Boolean).map(function (node) {
      return Array.prototype.map.call(node.childNodes, shownText).join(" ");
    }).join(" ").toLowerCase().replace(/\s+/g, " ");
  }
  function words(input) { return input ? input.value.toLowerCase().split(/\s+/).filter(Boolean) : []; }
  function holds(text, sought) { return sought.every(function (word) { return text.indexOf(word) >= 0; }); }

  /* ---- findings */
  var findingSearch = at("search-findings");
  function filterFindings() {
    var sought = words(findingSearch), shown = 0;
    each(document.querySelectorAll(".severity"), function (group) {
      var box = document.querySelector('[data-severity-filter="' + group.dataset.severity + '"]');
      var visible = 0;
      each(group.querySelectorAll(".finding"), function (card) {
        var kind = card.closest("details.kind");
        card.hidden = false;
        var text = sought.length ? textOf([group.querySelector("h3"), kind && kind.querySelector("summary"), card]) : "";
        card.hidden = Boolean(box && !box.checked) || !holds(text, sought);
        visible += card.hidden ? 0 : 1;
      });
      each(group.querySelectorAll("details.kind"), function (kind) {
        kind.hidden = !kind.querySelector(".finding:not([hidden])");
        if (sought.length && !kind.hidden) { kind.open = true; }
      });
      group.hidden = visible === 0;
      shown += visible;
    });
    if (at("no-finding")) { at("no-finding").hidden = shown > 0; }
    if (at("findings-shown")) { at("findings-shown").textContent = String(shown); }
  }
  each(document.querySelectorAll("[data-severity-filter]"), function (box) { box.addEventListener("change", filterFindings); });
  if (findingSearch) { findingSearch.addEventListener("input", filterFindings); filterFindings(); }

  /* ---- the plan's filters */
  var selects = all("select[data-filter]"), planSearch = at("search-plan"), chosen = {}, hits = new Set();
  var rows = all("tr.action"), today = new Date(), thisMonth = "m" + ("0" + (today.getMonth() + 1)).slice(-2);
  function options(name) { return at("filter-" + name).options; }
  function optionOf(name, value) {
    return Array.prototype.filter.call(options(name), function (option) { return option.value === value; })[0];
  }

  /* The periods by which a row is due, or perhaps is, in a month (m03) or another period (q1). */
  function periodsOf(row, kind, period) {
    var told = (row.getAttribute("data-" + kind) || "").split(" ").filter(Boolean).map(function (word) { return word.split("/"); });
    if (!period) { return told; }
    var found = period[0] === "m" ?
      told.filter(function (one) { return Number(one[0]) === Number(period.slice(1)); }) :
      told.filter(function (one) { return one[1] === period; }).slice(0, 1);
    return found.map(function (one) { return one[1] || period; });
  }
  function isTeams(row) { return !chosen.team || row.dataset.team === chosen.team; }
  function fits(row, period) {
    var due = periodsOf(row, "due", period).length > 0, perhaps = periodsOf(row, "perhaps", period).length > 0;
    var asks = row.classList.contains("doubtful") || row.dataset.unsure === "team" && !isTeams(row);
    if (period && !due && !perhaps) { return false; }
    if (!isTeams(row) && row.dataset.unsure !== "team") { return false; }
    if (chosen.area && row.parentElement.dataset.area !== chosen.area) { return false; }
    if (chosen.state === "planned") { return due && (isTeams(row) || !period); }
    return chosen.state !== "waits" || perhaps || asks;
  }
  /* The rows that hold all words, in their own text or the headings over them; each text is gathered once. */
  function search(sought) {
    if (!sought.length) { return rows; }
    var headings = new Map();
    return rows.filter(function (row) {
      var part = row.parentElement;
      if (!headings.has(part)) { headings.set(part, textOf([at("area-" + part.dataset.area), part.querySelector(".component-head")])); }
      return holds(headings.get(part) + " " + textOf([row]), sought);
    });
  }

  function applyFilters() {
    selects.forEach(function (select) { chosen[select.dataset.filter] = select.value; });
    var sought = words(planSearch), shown = 0;
    hits = new Set(search(sought));
    rows.forEach(function (row) {
      row.hidden = !(hits.has(row) && fits(row, chosen.period));
      shown += row.hidden ? 0 : 1;
    });
    each(document.querySelectorAll("tbody.component"), function (part) { part.hidden = !part.querySelector("tr.action:not([hidden])"); });
    each(document.querySelectorAll("tbody.area"), function (area) {
      area.hidden = shown < rows.length && !document.querySelector('tbody.component[data-area="' + area.dataset.area + '"]:not([hidden])');
    });
    at("rows-shown").textContent = String(shown);
    at("no-row").hidden = shown > 0;
    at("clear").disabled = !selects.some(function (select) { return select.value; }) && !sought.length;
    var named = selects.filter(function (select) { return select.value; }).map(function (select) { return select.selectedOptions[0].textContent; });
    if (sought.length) { named.push("“" + planSearch.value.trim() + "”"); }
    at("filters-said").textContent = named.length ? " (" + named.join("; ") + ")" : "";
    listDue();
  }
  function remember() {
    var said = new URLSearchParams();
    selects.forEach(function (select) { if (select.value) { said.set(select.dataset.filter, select.value); } });
    if (planSearch.value) { said.set("q", planSearch.value); }
    try { history.replaceState(null, "", String(said) ? "#plan?" + said : "#plan"); } catch (refused) { /* the address stays */ }
  }
  function setFilters(said) {
    selects.forEach(function (select) {
      var value = said.get(select.dataset.filter) || "";
      select.value = optionOf(select.dataset.filter, value) ? value : "";
    });
    planSearch.value = said.get("q") || "";
    applyFilters();
  }

  /* ---- what is due, with its evidence to tick off */
  var key = "ticks:" + (at("due") ? at("due").dataset.decree : ""), ticks = read(), removed = null;
  function read() { try { return JSON.parse(lampiran.recall(key)) || {}; } catch (other) { return {}; } }
  function write() { at("not-kept").hidden = lampiran.keep(key, JSON.stringify(ticks)); }
  function isTicked(place, document_) { return (ticks[place] || []).indexOf(document_) >= 0; }
  function tick(place, document_, on) {
    if (at("not-kept").hidden) { ticks = read(); } /* another tab may have written */
    ticks[place] = (ticks[place] || []).filter(function (other) { return other !== document_; });
    if (on) { ticks[place].push(document_); }
    if (!ticks[place].length) { delete ticks[place]; }
    removed = null;
    write();
    countTicks();
  }
  function bilingual(place, option) {
    place.textContent = "";
    ["id", "en"].forEach(function (language) {
      var said = document.createElement("span");
      said.className = "l-" + language;
      said.lang = language;
      said.textContent = option.getAttribute("data-label-" + language);
      place.appendChild(said);
    });
  }
  function documentsOf(row) {
    var cell = row.querySelector(".c-evidence"), items = all("li", cell);
    var texts = (items.length ? items : all(".value", cell)).map(function (item) { return item.textContent.trim(); });
    return texts.filter(Boolean);
  }
  function dueItem(row, periods, period) {
    var item = at("due-item").content.firstElementChild.cloneNode(true);
    var link = item.querySelector("a"), place = row.id.slice(2) + "|" + periods[0];
    link.href = "#" + row.id;
    link.textContent = row.id.slice(2);
    var action = row.querySelector(".main .value"), team = row.querySelector(".c-team .value");
    item.querySelector(".due-action").textContent = action ? action.textContent : "";
    if (team) { item.querySelector(".due-team").textContent = team.textContent; }
    periods.filter(function (one) { return one !== period; }).forEach(function (one) {
      var tag = document.createElement("span");
      tag.className = "tag";
      if (optionOf("period", one)) { bilingual(tag, optionOf("period", one)); item.querySelector(".due-tags").appendChild(tag); }
    });
    item.querySelector(".due-review").hidden = !row.classList.contains("doubtful");
    var list = item.querySelector("ul");
    documentsOf(row).forEach(function (text) {
      var line = at("due-document").content.firstElementChild.cloneNode(true), box = line.querySelector("input");
      line.querySelector("span").textContent = text;
      box.checked = isTicked(place, text);
      box.addEventListener("change", function () { tick(place, text, box.checked); });
      list.appendChild(line);
    });
    if (list.children.length) { item.querySelector(".no-documents").remove(); } else { list.remove(); }
    return item;
  }
  function listDue() {
    var period = chosen.period || thisMonth, due = at("due-list"), perhaps = at("perhaps-list");
    due.textContent = perhaps.textContent = "";
    rows.forEach(function (row) {
      if (!hits.has(row) || !fits(row, period)) { return; }
      var sure = periodsOf(row, "due", period), maybe = periodsOf(row, "perhaps", period);
      (sure.length && isTeams(row) ? due : perhaps).appendChild(dueItem(row, sure.length ? sure : maybe, period));
    });
    bilingual(at("due-when"), optionOf("period", period));
    at("due-count").textContent = String(due.children.length);
    at("perhaps-count").textContent = String(perhaps.children.length);
    at("none-due").hidden = due.children.length > 0;
    at("perhaps").hidden = !perhaps.children.length;
    at("other-year").hidden = Boolean(chosen.period) || String(today.getFullYear()) === at("due").dataset.year;
    countTicks();
  }
  function countTicks() {
    var boxes = all("#due-list input, #perhaps-list input"), done = boxes.filter(function (box) { return box.checked; });
    all(".due-item").forEach(function (item) {
      item.classList.toggle("done", Boolean(item.querySelector("input")) && !item.querySelector("input:not(:checked)"));
    });
    at("ticked").textContent = String(done.length);
    at("tickable").textContent = String(boxes.length);
    at("untick").disabled = !done.length;
    at("retick").hidden = !removed;
  }
  if (at("due")) {
    at("untick").addEventListener("click", function () {
      var before = JSON.stringify(ticks);
      all("#due-list input:checked, #perhaps-list input:checked").forEach(function (box) { box.click(); });
      removed = before;
      countTicks();
      at("retick").focus();
    });
    at("retick").addEventListener("click", function () {
      ticks = JSON.parse(removed);
      removed = null;
      write();
      listDue();
      at("untick").focus();
    });
    window.addEventListener("storage", function (change) {
      if (change.key === "lampiran:" + key) { ticks = read(); listDue(); }
    });
    selects.concat([planSearch]).forEach(function (control) {
      control.addEventListener("input", function () { applyFilters(); remember(); });
    });
    at("clear").addEventListener("click", function () { setFilters(new URLSearchParams()); remember(); at("filter-period").focus(); });
    document.addEventListener("lampiran-language", applyFilters);
    at("not-kept").hidden = lampiran.keep("kept", "1");
    applyFilters();
  }

  each(document.querySelectorAll(".cells mark"), function (mark) {
    mark.parentElement.scrollLeft = Math.max(0, mark.offsetLeft - mark.parentElement.offsetLeft - 60);
  });

  /* ---- an address names a place, and after a question mark the filters: #due?period=m03&area=2 */
  function reveal() {
    var said = location.hash.slice(1).split("?"), target = said[0] && at(decodeURIComponent(said[0]));
    if (said.length > 1 && at("due")) { setFilters(new URLSearchParams(said.slice(1).join("?"))); }
    if (!target) { return; }
    if (target.hidden && target.classList.contains("action")) { setFilters(new URLSearchParams()); }
    for (var up = target; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") { up.open = true; }
      up.hidden = false;
    }
    target.scrollIntoView();
    if (said.length > 1) { target.querySelector("h2").focus({ preventScroll: true }); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
