/* The filters -> the rows and decrees they leave, counted by decree, area, team and month. */
(() => {
  const { core, rows, start, decreeOf } = board;
  const MONTHS = 12, REVIEW = 1, UNSURE = 2;
  const STATES = ["marked", "none", "partial", "unknown"];
  const now = new Date();
  const known = [...new Set(core.decrees.map((decree) => decree.year))].filter((year) => year !== null).sort((a, b) => a - b);
  const passed = known.filter((year) => year <= now.getFullYear());
  const standard = { office: "", year: String(passed[passed.length - 1] || known[known.length - 1] || ""), area: "", team: "", month: String(now.getMonth()), state: "", q: "" };
  const chosen = { ...standard };
  /* What a filter is set to: empty is no choice, so what has no name is chosen by a space. */
  const keyOf = (name) => name === null || name === "" ? " " : String(name);
  let searched = null; // a mark for each row, while words are searched

  const offices = core.offices.map(([name]) => keyOf(name)), teams = core.teams.map(keyOf);
  function decreesLeft() {
    const office = chosen.office ? offices.indexOf(chosen.office) : -1;
    return core.decrees.map((_, d) => d).filter((d) => {
      const decree = core.decrees[d];
      if (chosen.office && decree.office !== office) { return false; }
      return !chosen.year || decree.year === null || keyOf(decree.year) === chosen.year;
    });
  }
  const counts = (size) => Array.from({ length: size }, () => ({ due: new Uint32Array(MONTHS), perhaps: new Uint32Array(MONTHS), rows: 0 }));
  function add(cell, due, perhaps) {
    cell.rows += 1;
    for (let m = 0; m < MONTHS; m += 1) {
      cell.due[m] += due >> m & 1;
      cell.perhaps[m] += perhaps >> m & 1;
    }
  }

  /* What is known of a row's months by the filters; null where the row is not among them. A row whose team was not read
     for sure may be the chosen team's: what is due by it is perhaps due for the team. */
  function seen(row, area, team) {
    if (area >= 0 && rows.area[row] !== area || searched && !searched[row]) { return null; }
    let due = rows.due[row], perhaps = rows.perhaps[row];
    if (team >= 0 && rows.team[row] !== team) {
      if (!(rows.flags[row] & UNSURE)) { return null; }
      perhaps |= due;
      due = 0;
    }
    if (chosen.state === "planned") { return due ? [due, 0] : null; }
    if (chosen.state === "perhaps") { return perhaps ? [0, perhaps] : null; }
    if (chosen.state === "review") { return rows.flags[row] & REVIEW ? [due, perhaps] : null; }
    if (chosen.state === "unknown") { return STATES[rows.state[row]] === "unknown" || STATES[rows.state[row]] === "partial" ? [due, perhaps] : null; }
    if (chosen.state === "none") { return due || perhaps ? null : [0, 0]; }
    return [due, perhaps];
  }

  function select() {
    const area = chosen.area ? core.areas.findIndex(([no]) => String(no) === chosen.area) : -1;
    const team = chosen.team ? teams.indexOf(chosen.team) : -1;
    const found = {
      decrees: decreesLeft(), rows: [], due: new Uint16Array(decreeOf.length), perhaps: new Uint16Array(decreeOf.length),
      byDecree: counts(core.decrees.length), byArea: counts(core.areas.length), byTeam: counts(core.teams.length),
      byOffice: counts(core.offices.length), byLane: new Map(), all: counts(1)[0], reviews: 0, unknown: 0, none: 0,
    };
    const left = new Set(found.decrees);
    core.decrees.forEach((decree, d) => {
      for (let row = start[d]; row < start[d + 1]; row += 1) {
        const told = seen(row, area, team);
        if (!told) { continue; }
        add(found.byDecree[d], told[0], told[1]); // the table of offices shows all years
        if (!left.has(d)) { continue; }
        [found.due[row], found.perhaps[row]] = told;
        found.rows.push(row);
        const lane = rows.area[row] * core.teams.length + rows.team[row];
        if (!found.byLane.has(lane)) { found.byLane.set(lane, counts(1)[0]); }
        [found.byArea[rows.area[row]], found.byTeam[rows.team[row]], found.byOffice[decree.office], found.byLane.get(lane), found.all]
          .forEach((cell) => add(cell, told[0], told[1]));
        found.reviews += rows.flags[row] & REVIEW;
        found.unknown += rows.state[row] > 1 ? 1 : 0;
        found.none += told[0] || told[1] ? 0 : 1;
      }
    });
    board.found = found;
  }
  /* The rows of the list: those of the chosen month, first those that are due for certain. */
  function listed() {
    const month = chosen.month, found = board.found;
    if (month === "") { return { sure: found.rows, perhaps: [] }; }
    const has = (masks) => found.rows.filter((row) => masks[row] >> Number(month) & 1);
    const sure = has(found.due);
    return { sure, perhaps: has(found.perhaps).filter((row) => !(found.due[row] >> Number(month) & 1)) };
  }

  /* ---- search: all words must be in a row's own texts or its names; parts that are not here yet are told */
  let sought = "";
  function search(changed) {
    sought = chosen.q.toLowerCase();
    const asked = sought, words = sought.split(/\s+/).filter(Boolean);
    if (!words.length) { searched = null; changed(); return; }
    const step = () => {
      if (asked !== sought) { return; }
      searched = matches(words);
      changed();
      const away = board.parts.filter((part) => part.state === "away").slice(0, 4);
      if (away.length) { Promise.all(away.map(board.load)).then(step); }
    };
    step();
  }
  function matches(words) {
    const marks = new Uint8Array(decreeOf.length);
    const named = (text, word) => text.toLowerCase().includes(word);
    const byWord = words.map((word) => ({
      word,
      teams: core.teams.map((team) => named(team, word)),
      areas: core.areas.map((area) => named(area[1], word)),
      decrees: core.decrees.map((decree) => named(core.offices[decree.office].join(" ") + " " + decree.number + " " + decree.file, word)),
    }));
    board.parts.filter((part) => part.state === "here").forEach((part) => {
      part.lower = part.lower || part.strings.map((text) => text.toLowerCase());
      const hits = byWord.map(({ word }) => part.lower.map((text) => text.includes(word)));
      part.decrees.forEach((held, n) => held.rows.forEach((row, k) => {
        const d = part.first + n, index = start[d] + k;
        marks[index] = byWord.every((one, w) =>
          one.decrees[d] || one.teams[rows.team[index]] || one.areas[rows.area[index]] ||
          row.some((text, place) => (place < 6 || place > 9) && hits[w][text])) ? 1 : 0;
      }));
    });
    return marks;
  }
  function searchedShare() {
    const here = board.parts.filter((part) => part.state === "here");
    return { decrees: here.reduce((sum, part) => sum + part.end - part.first, 0), failed: board.parts.some((part) => part.state === "failed") };
  }

  Object.assign(board, { chosen, keyOf, standard, years: known, select, listed, search, searchedShare, REVIEW, UNSURE, MONTHS });
})();
