"use strict";
/* What every page shares: the language it is read in, which is remembered, and a store that may not be there. */
var lampiran = (function () {
  var root = document.documentElement;
  var each = function (list, act) { Array.prototype.forEach.call(list, act); };
  var store = null;
  root.classList.add("js");
  try { store = window.localStorage; } catch (refused) { store = null; }

  function recall(key) {
    try { return store ? store.getItem("lampiran:" + key) : null; } catch (refused) { return null; }
  }
  function keep(key, value) {
    try { store.setItem("lampiran:" + key, value); return true; } catch (refused) { return false; }
  }

  function relabel(item) {
    var text = item.getAttribute("data-label-" + root.lang);
    if (item.tagName === "OPTION") { item.textContent = text; return; }
    if (item.tagName === "OPTGROUP") { item.label = text; return; }
    if (item.tagName === "TD") { return; }
    item.setAttribute("aria-label", text);
    if (item.tagName === "INPUT") { item.placeholder = text; }
  }
  function speak(language) {
    root.lang = language;
    each(document.querySelectorAll("[data-language]"), function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    });
    each(document.querySelectorAll("[data-label-id]"), relabel);
    document.dispatchEvent(new Event("lampiran-language"));
  }
  each(document.querySelectorAll("[data-language]"), function (button) {
    button.addEventListener("click", function () { speak(button.dataset.language); keep("language", root.lang); });
  });
  var wanted = recall("language");
  speak(wanted === "id" || wanted === "en" ? wanted : root.lang === "en" ? "en" : "id");

  return { each: each, recall: recall, keep: keep, relabel: relabel };
})();
