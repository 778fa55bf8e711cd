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
      item.placeholder = text;
      item.setAttribute("aria-label", text);
    });
  }
  each(document.querySelectorAll("[data-language]"), function (button) {
    button.addEventListener("click", function () { speak(button.dataset.language); });
  });
  speak(root.lang === "en" ? "en" : "id");

  var boxes = document.querySelectorAll("[data-tag]");
  var cards = document.querySelectorAll("[data-tags]");
  var search = document.getElementById("search");
  function filter() {
    var wanted = {}, shown = 0, sought = search.value.trim().toLowerCase();
    each(boxes, function (box) { wanted[box.dataset.tag] = box.checked; });
    each(cards, function (card) {
      var fit = card.dataset.tags.split(" ").some(function (tag) { return wanted[tag]; });
      fit = fit && (!sought || card.textContent.toLowerCase().indexOf(sought) >= 0);
      card.hidden = !fit;
      shown += fit ? 1 : 0;
    });
    document.getElementById("shown").textContent = String(shown);
    document.getElementById("none").hidden = shown > 0;
  }
  each(boxes, function (box) { box.addEventListener("change", filter); });
  search.addEventListener("input", filter);
  filter();

  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) { target.hidden = false; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
