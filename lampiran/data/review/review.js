(function () {
  var root = document.documentElement;
  var data = JSON.parse(document.getElementById("data").textContent);
  var cards = data.cards, state = data.state, words = data.words, at = 0, closed = false;
  var byId = function (id) { return document.getElementById(id); };

  function pick(pair) { return pair[root.lang === "en" ? 1 : 0]; }
  function word(key) { return words[key] ? pick(words[key]) : key; }
  function fill(text, values) {
    Object.keys(values).forEach(function (key) { text = text.replace("{" + key + "}", values[key]); });
    return text;
  }
  function made(tag, text, kind) {
    var item = document.createElement(tag);
    if (text !== undefined) { item.textContent = text; }
    if (kind) { item.className = kind; }
    return item;
  }
  function emptied(id) { var box = byId(id); box.textContent = ""; return box; }
  function say(text) { var box = byId("notice"); box.textContent = text; box.hidden = !text; }
  function call(name, body, then) {
    if (closed) { return; }
    fetch(name, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })
      .then(function (answer) { return answer.json().then(function (found) { then(answer.status, found); }); })
      .catch(function () { say(word("lost")); });
  }
  function take(status, found) {
    if (found.decided) { state = found; }
    if (found.error) { say(pick([found.error.id, found.error.en])); }
    else { say(found.stale ? word("stale") : ""); }
    return status === 200;
  }
  function refresh() {
    if (closed) { return; }
    fetch("state").then(function (answer) { return answer.json(); })
      .then(function (found) { state = found; show(); }).catch(function () { say(word("lost")); });
  }

  function waits(card) { return !state.decided[card.id]; }
  function waiting() { return cards.filter(waits).length; }

  function decide(verdict, value) {
    var card = cards[at], held = state.decided[card.id];
    call("decide", {
      card: card.id, verdict: verdict, value: value, note: byId("note").value, by: byId("by").value,
      seen: held ? held.at : "", everywhere: byId("everywhere").checked
    }, function (status, found) {
      if (take(status, found)) { onward(); } else { show(); }
    });
  }
  function onward() {
    for (var n = 1; n <= cards.length; n += 1) {
      var next = (at + n) % cards.length;
      if (waits(cards[next])) { go(next); return; }
    }
    show();
    byId("finish").focus();
    say(word("done"));
  }
  function go(n) {
    if (!cards.length) { return; }
    at = (n + cards.length) % cards.length;
    byId("note").value = ""; byId("value").value = ""; byId("everywhere").checked = false;
    show();
    byId("card-title").focus();
  }

  function labelled(list, name) { list.forEach(function (item) { item.textContent = word(item.dataset[name]); }); }
  function show() {
    labelled(document.querySelectorAll("[data-word]"), "word");
    var open = waiting();
    byId("progress").textContent = cards.length
      ? fill(word("progress"), { n: cards.length - open, count: cards.length }) + " " + word("decided") : word("nothing_waits");
    byId("card").hidden = !cards.length;
    showDeck();
    showConfusions();
    if (cards.length) { showCard(cards[at]); }
  }
  function showDeck() {
    var deck = emptied("deck");
    cards.forEach(function (card, n) {
      var item = made("li"), button = made("button");
      var disputed = state.conflicts[card.id], done = state.decided[card.id];
      button.type = "button";
      button.className = done ? "is-done" : disputed ? "is-disputed" : "";
      button.append(made("span", pick(card.title), "what"), made("span", pick(card.where)));
      button.append(made("span", done ? pick(done.label) : word(disputed ? "disputed" : "waits"), "state"));
      if (n === at) { button.setAttribute("aria-current", "true"); }
      button.addEventListener("click", function () { go(n); });
      item.append(button);
      deck.append(item);
    });
  }
  function showConfusions() {
    var list = emptied("confusion-list");
    (state.confusions || []).forEach(function (one) { list.append(made("li", one[0] + " → " + one[1] + " (" + one[2] + ")")); });
    byId("confusions").hidden = !list.children.length;
  }
  function showCard(card) {
    var held = state.decided[card.id];
    byId("where").textContent = pick(card.where) + " · " + fill(word("progress"), { n: at + 1, count: cards.length }) +
      (card.rows > 1 ? " · " + fill(word("rows"), { count: card.rows }) : "");
    byId("card-title").textContent = pick(card.title);
    var questions = emptied("questions");
    card.questions.forEach(function (question) { questions.append(made("li", pick(question))); });
    if (card.printed) { questions.append(made("li", word("read") + ": “" + card.printed + "”")); }
    (state.conflicts[card.id] || []).forEach(function (one) {
      questions.append(made("li", word("disputed") + ": " + (one.by || "?") + ": " + pick(one.label)));
    });
    byId("verdict").hidden = !held;
    byId("again").disabled = !held;
    if (held) {
      byId("verdict").textContent = word("saved") + ": " + pick(held.label) +
        " (" + [held.by, held.at.slice(0, 10), held.note].filter(Boolean).join(", ") + ")";
    }
    showPaper(card);
    showRow(card);
    showOptions(card, held);
    showMonths(card, held);
    byId("type-form").hidden = !card.typed || card.periods.length > 0;
    byId("everywhere-box").hidden = card.alike < 2;
    byId("everywhere-label").textContent = fill(word("everywhere"), { count: card.alike });
  }
  function showPaper(card) {
    var paper = byId("paper");
    if (paper.dataset.card === card.id + root.lang) { return; }
    paper.dataset.card = card.id + root.lang;
    paper.textContent = "";
    if (card.picture) {
      var picture = made("img");
      picture.alt = pick(card.title) + ", " + pick(card.where);
      picture.addEventListener("error", function () { picture.replaceWith(made("p", word("no_picture"), "soft")); });
      picture.addEventListener("click", zoom);
      picture.src = "picture/" + card.id;
      paper.append(picture);
    } else if (card.quote.length) {
      var line = made("div", undefined, "line");
      card.quote.forEach(function (cell) { line.append(made("span", cell[0], cell[1] ? "lit" : "")); });
      paper.append(line);
      var lit = line.querySelector(".lit");
      if (lit) { line.scrollLeft = Math.max(0, lit.offsetLeft - line.offsetLeft - 60); }
    } else { paper.append(made("p", word("no_picture"), "soft")); }
  }
  function zoom() {
    var picture = document.querySelector("#paper img");
    if (picture) { picture.classList.toggle("zoomed"); }
  }
  function showRow(card) {
    var row = emptied("row");
    card.row.forEach(function (field) {
      row.append(made("dt", pick(field[0])), made("dd", field[1] || "–", field[2] ? "lit" : ""));
    });
    if (!card.row.length) { row.append(made("dt", pick(card.title)), made("dd", card.text || "–", "lit")); }
  }
  function showOptions(card, held) {
    var box = emptied("options");
    var all = card.options.concat(card.subject === "finding" || card.subject === "join" ? []
      : [{ verdict: "unreadable", value: null, label: words.unreadable, why: ["", ""], key: "0" }]);
    all.forEach(function (option, n) {
      var button = made("button");
      button.type = "button";
      button.append(made("kbd", option.key || String(n + 1)), made("span", pick(option.label), "what"), made("span", pick(option.why), "why"));
      button.setAttribute("aria-pressed", String(Boolean(held && held.verdict === option.verdict && held.value === option.value)));
      button.dataset.key = option.key || String(n + 1);
      button.addEventListener("click", function () { decide(option.verdict, option.value); });
      box.append(button);
    });
  }
  function showMonths(card, held) {
    byId("months-form").hidden = !card.periods.length;
    var box = emptied("months"), chosen = held && held.verdict === "value" ? held.value.split(";") : null;
    card.periods.forEach(function (period) {
      var label = made("label", undefined, period[2] === "unknown" || period[2] === "covered" ? "lit" : "");
      var tick = made("input");
      tick.type = "checkbox";
      tick.value = String(period[0]);
      tick.checked = chosen ? chosen.indexOf(String(period[0])) >= 0 : period[2] === "planned";
      label.append(tick, made("span", pick(period[1])));
      box.append(label);
    });
  }

  byId("months-form").addEventListener("submit", function (event) {
    event.preventDefault();
    var ticked = Array.prototype.filter.call(document.querySelectorAll("#months input"), function (tick) { return tick.checked; });
    decide("value", ticked.map(function (tick) { return tick.value; }).join(";") || "-");
  });
  byId("type-form").addEventListener("submit", function (event) { event.preventDefault(); decide("value", byId("value").value); });
  byId("value").addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); decide("value", byId("value").value); }
  });
  byId("again").addEventListener("click", function () {
    call("again", { card: cards[at].id }, function (status, found) { take(status, found); show(); });
  });
  function undo() {
    call("undo", {}, function (status, found) {
      take(status, found);
      var n = cards.findIndex(function (card) { return found.undone && found.undone.indexOf(card.id) >= 0; });
      if (n < 0) { show(); return; }
      go(n);
      say(word("undone") + ": " + pick(cards[n].title) + ", " + pick(cards[n].where));
    });
  }
  byId("undo").addEventListener("click", undo);
  byId("next").addEventListener("click", function () { go(at + 1); });
  byId("previous").addEventListener("click", function () { go(at - 1); });
  byId("finish").addEventListener("click", function () {
    call("close", {}, function () { closed = true; byId("main").textContent = ""; byId("main").append(made("p", word("closed"), "verdict calm")); });
  });

  document.addEventListener("keydown", function (event) {
    var target = event.target, writes = /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === "INPUT" && target.type !== "checkbox");
    if (event.key === "Escape" && (writes || target.type === "checkbox")) { byId("card-title").focus(); return; }
    var month = target.closest && target.closest("#months");
    if (month && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      var ticks = Array.prototype.slice.call(month.querySelectorAll("input"));
      var n = ticks.indexOf(target) + (event.key === "ArrowRight" ? 1 : -1);
      ticks[(n + ticks.length) % ticks.length].focus();
      event.preventDefault();
      return;
    }
    if (!byId("shortcuts").checked || writes || event.ctrlKey || event.metaKey || event.altKey || !cards.length || closed) { return; }
    var key = event.key.toLowerCase(), option = document.querySelector('#options [data-key="' + (/^[0-9]$/.test(key) ? key : "none") + '"]');
    if (option) { option.click(); }
    else if (key === "t" && !byId("type-form").hidden) { byId("value").value = cards[at].text; byId("value").focus(); }
    else if (key === "m" && !byId("months-form").hidden) { document.querySelector("#months input").focus(); }
    else if (key === "e" && !byId("everywhere-box").hidden) { byId("everywhere").checked = !byId("everywhere").checked; }
    else if (key === "z") { zoom(); }
    else if (key === "u") { undo(); }
    else if (key === "arrowright") { go(at + 1); }
    else if (key === "arrowleft") { go(at - 1); }
    else if (key === "enter" && month) { byId("months-form").requestSubmit(); }
    else { return; }
    event.preventDefault();
  });

  document.addEventListener("lampiran-language", show);
  byId("by").value = data.by || lampiran.recall("by") || "";
  byId("by").addEventListener("change", function () { lampiran.keep("by", byId("by").value); });
  window.addEventListener("focus", refresh);
  var first = cards.findIndex(waits);
  at = first < 0 ? 0 : first;
  show();
  if (!waiting()) { say(cards.length ? word("done") : word("nothing_waits")); }
})();
