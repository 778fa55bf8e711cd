(function () {
  var each = lampiran.each;
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
