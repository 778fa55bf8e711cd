"use strict";
(function () {
  var root = document.documentElement;
  var buttons = document.querySelectorAll("[data-language]");
  root.classList.add("js");
  function speak(language) {
    root.lang = language;
    Array.prototype.forEach.call(buttons, function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    });
  }
  Array.prototype.forEach.call(buttons, function (button) {
    button.addEventListener("click", function () { speak(button.dataset.language); });
  });
  speak(root.lang === "en" ? "en" : "id");
})();
