/* Where a value is shown on its page: the only place that knows how a result's folder names that. */
board.address = (row, text) => {
  const decree = board.core.decrees[board.decreeOf[row]], finding = board.rows.finding[row];
  if (!decree.at) { return null; }
  if (finding) { return decree.at + "report.html#f" + finding; }
  return text ? decree.at + "report.html#a-" + encodeURIComponent(text.id) : decree.at + "report.html#plan";
};
board.reportOf = (d, section) => {
  const decree = board.core.decrees[d];
  return decree.at ? decree.at + "report.html" + (section ? "#" + section : "") : null;
};
/* A link where there is an address, else the words alone. */
board.link = (address, children, settings) =>
  address ? board.make("a", { href: address, ...settings }, children) : board.make("span", settings, children);

/* The picture of a field and the place in it, where the result has pictures of its rows. */
board.PICTURED = ["action", "indicator", "evidence", "responsible", "schedule"];
board.picture = (row, text, field) => {
  const address = text && text.crops && text.crops[board.PICTURED.indexOf(field)], decree = board.core.decrees[board.decreeOf[row]];
  if (!address || !decree.at) { return null; }
  const [file, place] = address.split("#xywh=");
  return { source: decree.at + "crops/" + encodeURIComponent(file), address: decree.at + "crops/" + address, place: place.split(",").map(Number) };
};
/* A value: one click shows its picture over the page, or opens its place in the report. */
board.value = (row, text, field, children) => {
  const picture = board.picture(row, text, field);
  if (!picture) { return board.link(board.address(row, text), children, { class: "quiet" }); }
  return board.make("a", { href: picture.address, class: "quiet pictured", on: { click: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    board.show(row, text, picture);
  } } }, children);
};
board.show = (row, text, picture) => {
  const { make, say, quoted } = board, dialog = document.getElementById("picture");
  const mark = make("i", { class: "mark" });
  const image = make("img", { src: picture.source, alt: say("picture_of", { id: board.plain(text.id) }), on: { load: () => {
    const [x, y, wide, high] = picture.place, part = (value, whole) => value / whole * 100 + "%";
    const at = { left: part(x, image.naturalWidth), top: part(y, image.naturalHeight), width: part(wide, image.naturalWidth), height: part(high, image.naturalHeight) };
    Object.keys(at).forEach((name) => mark.style.setProperty(name, at[name]));
    crop.scrollLeft = mark.offsetLeft + mark.offsetWidth / 2 - crop.clientWidth / 2; // where the picture is wider than the screen
  }, error: () => image.replaceWith(make("p", { class: "notes" }, say("picture_lost"))) } });
  const crop = make("div", { class: "crop", tabindex: "0", role: "group", "aria-label": say("picture_of", { id: board.plain(text.id) }) }, make("div", { class: "crop-page" }, [image, mark]));
  board.replace("picture-body", [
    make("h2", { id: "picture-head" }, [quoted(board.decreeName(board.decreeOf[row])), " · ", text.id, text.page ? " · " + say("page") + " " + text.page : ""]),
    make("p", {}, quoted(text.action)),
    crop,
    make("p", {}, board.link(board.address(row, text), say("report")))]);
  dialog.showModal();
};
