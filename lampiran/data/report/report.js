"use strict";
(function () {
  var root = document.documentElement;
  var each = function (list, act) { Array.prototype.forEach.call(list, act); };
  root.classList.add("js");

  function speak(language) {
    root.lang = language;
    each(document.querySelectorAll("[data-language]"), function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    });
    each(document.querySelectorAll("[data-label-id]"), function (item) {
      var text = item.getAttribute("data-label-" + language);
      if (item.tagName === "INPUT") { item.placeholder = text; item.setAttribute("aria-label", text); }
    });
  }
  each(document.querySelectorAll("[data-language]"), function (button) {
    button.addEventListener("click", function () { speak(button.dataset.language); });
  });
  speak(root.lang === "en" ? "en" : "id");

  function words(input) { return input ? input.value.trim().toLowerCase() : ""; }
  function fits(item, sought) { return !sought || item.textContent.toLowerCase().indexOf(sought) >= 0; }

  var findingSearch = document.getElementById("search-findings");
  var severities = document.querySelectorAll("[data-severity-filter]");
  function filterFindings() {
    var sought = words(findingSearch), shown = 0;
    each(document.querySelectorAll(".severity"), function (group) {
      var box = document.querySelector('[data-severity-filter="' + group.dataset.severity + '"]');
      var visible = 0;
      each(group.querySelectorAll(".finding"), function (item) {
        var fit = (!box || box.checked) && fits(item, sought);
        item.hidden = !fit;
        visible += fit ? 1 : 0;
      });
      each(group.querySelectorAll("details.kind"), function (kind) {
        kind.hidden = !kind.querySelector(".finding:not([hidden])");
        if (sought && !kind.hidden) { kind.open = true; }
      });
      group.hidden = visible === 0;
      shown += visible;
    });
    var none = document.getElementById("no-finding");
    if (none) { none.hidden = shown > 0; }
  }
  each(severities, function (box) { box.addEventListener("change", filterFindings); });
  if (findingSearch) { findingSearch.addEventListener("input", filterFindings); }

  var planSearch = document.getElementById("search-plan");
  var doubtful = document.getElementById("only-doubtful");
  function filterPlan() {
    var sought = words(planSearch), only = doubtful && doubtful.checked;
    each(document.querySelectorAll("tbody.component"), function (part) {
      var visible = 0;
      each(part.querySelectorAll("tr.action"), function (row) {
        var fit = (!only || row.classList.contains("doubtful")) && fits(row, sought);
        row.hidden = !fit;
        visible += fit ? 1 : 0;
      });
      part.hidden = visible === 0 && (Boolean(sought) || only);
    });
  }
  if (planSearch) { planSearch.addEventListener("input", filterPlan); }
  if (doubtful) { doubtful.addEventListener("change", filterPlan); }

  each(document.querySelectorAll(".cells mark"), function (mark) {
    mark.parentElement.scrollLeft = Math.max(0, mark.offsetLeft - mark.parentElement.offsetLeft - 60);
  });

  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (var up = target; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") { up.open = true; }
      up.hidden = false;
    }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  window.addEventListener("beforeprint", function () {
    each(document.querySelectorAll("details"), function (item) { item.open = item.open || !item.closest(".sev-info"); });
  });
})();
