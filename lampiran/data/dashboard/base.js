/* What all views share: the data, words in the chosen language, elements made of text alone, texts that are loaded later. */
const board = { views: [] };
var lampiranTexts; // what each file of texts calls

(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const labels = read("labels");
  const core = read("core");
  const TYPES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

  /* ---- columns of numbers, and where the rows of each decree begin */
  function column(held) {
    const text = atob(held.base64), bytes = new Uint8Array(text.length);
    for (let n = 0; n < text.length; n += 1) { bytes[n] = text.charCodeAt(n); }
    if (held.width === 1) { return bytes; }
    const view = new DataView(bytes.buffer), count = bytes.length / held.width;
    const made = new TYPES[held.width](count);
    for (let n = 0; n < count; n += 1) {
      made[n] = held.width === 2 ? view.getUint16(2 * n, true) : view.getUint32(4 * n, true);
    }
    return made;
  }
  const rows = {};
  Object.keys(core.rows).forEach((name) => { rows[name] = column(core.rows[name]); });
  const start = [0];
  core.decrees.forEach((decree) => start.push(start[start.length - 1] + decree.rows));
  const decreeOf = new Uint32Array(start[start.length - 1]);
  core.decrees.forEach((decree, d) => decreeOf.fill(d, start[d], start[d + 1]));

  /* ---- words: a label in the page's language, numbers as it writes them */
  const language = () => document.documentElement.lang === "en" ? "en" : "id";
  const pick = (pair) => pair[language() === "en" ? 1 : 0];
  /* `{n}` is a value, `{n:row|rows}` the word that goes with it. */
  function say(key, values) {
    const said = labels[key] ? pick(labels[key]) : key, held = values || {};
    return said.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (whole, name, one, more) =>
      more !== undefined ? String(held[name]) === "1" ? one : more : name in held ? String(held[name]) : whole);
  }
  const number = (value) => value.toLocaleString(language());
  const percent = (value) => value.toLocaleString(language(), { style: "percent", maximumFractionDigits: 0 });
  /* Signs that turn the direction of writing have no place where they cannot be shut in. */
  const plain = (text) => text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

  /* ---- elements: text stays text, whatever it looks like */
  const SVG = "http://www.w3.org/2000/svg";
  function fill(made, settings, children) {
    Object.keys(settings || {}).forEach((name) => {
      const value = settings[name];
      if (value === null || value === undefined || value === false) { return; }
      if (name === "on") { Object.keys(value).forEach((event) => made.addEventListener(event, value[event])); return; }
      if (name === "style") { Object.keys(value).forEach((key) => made.style.setProperty(key, value[key])); return; }
      made.setAttribute(name, value === true ? "" : value);
    });
    (Array.isArray(children) ? children.flat(3) : [children]).forEach((child) => {
      if (child !== null && child !== undefined && child !== false) { made.append(child); }
    });
    return made;
  }
  const make = (tag, settings, children) => fill(document.createElement(tag), settings, children);
  const draw = (tag, settings, children) => fill(document.createElementNS(SVG, tag), settings, children);
  /* A text of a decree: Indonesian, with its own direction of writing. */
  const quoted = (text, settings) => make("bdi", { lang: "id", ...settings }, text);
  const unseen = (text) => make("span", { class: "sr" }, text);
  function replace(id, children) {
    const place = document.getElementById(id);
    place.replaceChildren(...[children].flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return place;
  }
  function button(settings, children, act) {
    return make("button", { type: "button", ...settings, on: { click: act } }, children);
  }

  /* ---- names */
  const month = (n) => say("month_" + (n + 1));
  const longMonth = (n) => say("long_month_" + (n + 1));
  const teamName = (n) => core.teams[n] || say("no_team");
  const officeName = (n) => core.offices[n][0] || say("no_office");
  const areaName = (n) => core.areas[n][0] ? core.areas[n][0] + " " + (core.areas[n][1] || say("no_name")) : core.areas[n][1] || say("no_area");
  const yearName = (year) => year === null ? say("no_year") : String(year);
  /* Offices that were not read need not be one: each such decree is told by its file. */
  const decreeOffice = (d) => officeName(core.decrees[d].office) + (core.offices[core.decrees[d].office][0] ? "" : " (" + plain(core.decrees[d].file) + ")");
  const decreeName = (d) => decreeOffice(d) + " · " + yearName(core.decrees[d].year);

  /* How many matters of a decree wait for a person: its findings, and its place among other decrees. */
  const openOf = (d) => core.decrees[d].waiting.reduce((sum, one) => sum + one[1], core.decrees[d].reason ? 1 : 0);

  /* ---- texts: a part is a script that is loaded when its rows are shown or searched */
  const parts = core.parts.map(([file, first, end]) => ({ file, first, end, state: "away", strings: [], decrees: [], wait: null }));
  const partOf = (d) => parts.find((part) => d >= part.first && d < part.end);
  lampiranTexts = (n, value) => {
    parts[n].strings = value.strings;
    parts[n].decrees = value.decrees;
    parts[n].state = "here";
  };
  function load(part) {
    part.wait = part.wait || new Promise((done) => {
      const script = make("script", { src: part.file });
      const end = (state) => { part.state = part.state === "here" ? "here" : state; script.remove(); done(part); };
      script.addEventListener("load", () => end("failed"));
      script.addEventListener("error", () => end("failed"));
      document.head.append(script);
    });
    return part.wait;
  }
  const partsOf = (indices) => [...new Set(indices.map((row) => partOf(decreeOf[row])))];
  /* The texts of a row, or null where its part is not here. */
  function textOf(row) {
    const d = decreeOf[row], part = partOf(d);
    if (part.state !== "here") { return null; }
    const held = part.decrees[d - part.first].rows[row - start[d]], at = (n) => part.strings[held[n]];
    return {
      id: at(0), componentNo: at(1), component: at(2), indicator: at(3), action: at(4), time: at(5),
      periods: at(6).split(" ").filter(Boolean), page: held[7], line: held[8],
      crops: held[9] ? held[9].map((n) => part.strings[n]) : null, documents: held.slice(10).map((n) => part.strings[n]),
    };
  }
  /* Do something with the texts of rows, at once where they are here. */
  function withTexts(indices, act) {
    const away = partsOf(indices).filter((part) => part.state === "away");
    if (!away.length) { act(); return; }
    Promise.all(away.map(load)).then(() => { act(); board.notes(); });
  }

  Object.assign(board, {
    core, rows, start, decreeOf, language, pick, say, number, percent, plain, make, draw, quoted, unseen, replace, button,
    month, longMonth, teamName, officeName, areaName, yearName, decreeOffice, decreeName, openOf, parts, load, textOf, withTexts,
  });
})();
