(function () {
  var root = document.documentElement;
  var each = function (list, act) { Array.prototype.forEach.call(list, act); };
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var at = function (id) { return document.getElementById(id); };

  window.addEventListener("beforeprint", function () { at("figures") && at("figures").setAttribute("open", ""); });

  var places = all(".place"), groups = all(".group"), stepper = at("stepper");
  if (!stepper) { return; }
  var selects = all("select[data-filter]"), boxes = all("input[data-consequence]"), search = at("search");
  var current = null, calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  function fits(place) {
    var sought = search.value.trim().toLowerCase();
    return boxes.some(function (box) { return box.checked && box.dataset.consequence === place.dataset.consequence; }) &&
      selects.every(function (select) {
        return select.value === "*" || place.getAttribute("data-" + select.dataset.filter).split("|").indexOf(select.value) >= 0;
      }) && (!sought || place.textContent.toLowerCase().indexOf(sought) >= 0);
  }
  function shown() { return places.filter(function (place) { return !place.hidden; }); }
  function count() {
    var list = shown(), n = list.indexOf(current);
    at("at").textContent = n < 0 ? "–" : String(n + 1);
    at("total").textContent = String(list.length);
    at("none").hidden = list.length > 0;
    at("previous").disabled = !list.length || n === 0;
    at("next").disabled = !list.length || n === list.length - 1;
  }
  function filter() {
    each(places, function (place) { place.hidden = !fits(place); });
    each(groups, function (group) {
      var own = group.querySelectorAll(".place:not([hidden])").length;
      group.hidden = own === 0;
      group.querySelector(".count").textContent = String(own);
    });
    if (current && current.hidden) { mark(null); }
    count();
  }
  function reset() {
    each(boxes, function (box) { box.checked = true; });
    each(selects, function (select) { select.value = "*"; });
    search.value = "";
    filter();
  }
  function mark(place) {
    if (current) { current.removeAttribute("aria-current"); }
    current = place;
    if (place) { place.setAttribute("aria-current", "true"); }
  }
  function go(place) {
    mark(place);
    place.scrollIntoView({ block: "start", behavior: calm ? "auto" : "instant" });
    place.focus({ preventScroll: true });
    try { history.replaceState(null, "", "#" + place.id); } catch (error) { /* a page from a file may not say where it is */ }
    count();
  }
  function nearest(list, forward) {
    var edge = 120, ahead = list.filter(function (place) { return place.getBoundingClientRect().top >= edge - 60; });
    return forward ? ahead[0] || list[list.length - 1] : list[Math.max(0, list.length - ahead.length - 1)];
  }
  function step(by) {
    var list = shown(), n = list.indexOf(current);
    if (!list.length) { return; }
    if (n < 0) { go(nearest(list, by > 0)); return; }
    if (list[n + by]) { go(list[n + by]); }
  }
  each(boxes.concat(selects), function (item) { item.addEventListener("change", filter); });
  search.addEventListener("input", filter);
  at("reset").addEventListener("click", reset);
  at("previous").addEventListener("click", function () { step(-1); });
  at("next").addEventListener("click", function () { step(1); });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { return; }
    var by = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 }[event.key];
    if (by) { event.preventDefault(); step(by); }
  });
  function reveal() {
    var target = location.hash.length > 1 && at(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.classList.contains("place")) { return; }
    if (target.hidden) { reset(); }
    go(target);
  }
  window.addEventListener("hashchange", reveal);
  filter();
  reveal();
})();
