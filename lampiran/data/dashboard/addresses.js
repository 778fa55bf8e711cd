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
