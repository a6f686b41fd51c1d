// A long table as an anywidget: the page keeps the rows, searches and sorts them, and
// draws those that are seen. Python sends all rows once and then what changes.
//
// Traits: columns, label, falling (begins with the last), search, kind, chosen (a row's
// key). Messages: "rows?" asks; {all: [row]} and {rows: [row], gone: [key]} answer. A
// row: [key, kind, also, ...cells]; a cell that begins with a sign has its colour.

const HEIGHT = 28; // of a row, as in table.css
const MOST = 12; // rows that are seen at once
const BEYOND = 8; // rows drawn above and below these
const EVERY = "all";
const FIRST = 3; // where the cells begin
const SIGNS = { "✓": "wb-ok", "✗": "wb-no" };
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function element(name, properties = {}, ...children) {
  const { role, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  if (role) made.setAttribute("role", role);
  made.append(...children);
  return made;
}

// ---- The rows --------------------------------------------------------------------

class Rows {
  constructor() {
    this.byKey = new Map();
    this.ranks = []; // by column: the place of each distinct text
    this.known = false; // whether Python has answered yet
  }
  take({ all, rows, gone }) {
    if (all) this.byKey.clear();
    for (const key of gone ?? []) this.byKey.delete(key);
    for (const row of all ?? rows) this.byKey.set(row[0], row);
    if (all) this.ranks = [];
    else for (const row of rows) this.forget(row);
    this.known = true;
  }
  // A rank stays as it is until a text comes that is not in it.
  forget(row) {
    this.ranks = this.ranks.map((rank, column) =>
      rank?.has(row[FIRST + column]) ? rank : undefined);
  }
  // Distinct texts are few in most columns: they are compared once, rows by number.
  rank(column) {
    if (!this.ranks[column]) {
      const texts = new Set();
      for (const row of this.byKey.values()) texts.add(row[FIRST + column]);
      const sorted = [...texts].sort(collator.compare);
      this.ranks[column] = new Map(sorted.map((text, place) => [text, place]));
    }
    return this.ranks[column];
  }
  sorted(rows, column, down, falling) {
    const rank = this.rank(column);
    const names = this.rank(0);
    const sign = down ? -1 : 1;
    const otherwise = falling ? -1 : 1;
    const place = (row) => rank.get(row[FIRST + column]);
    return rows.sort((a, b) => sign * (place(a) - place(b))
      || otherwise * (names.get(a[FIRST]) - names.get(b[FIRST])));
  }
  fitting(search, kind) {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return [...this.byKey.values()].filter((row) => {
      if (kind !== EVERY && row[1] !== kind) return false;
      const text = words.length ? row.slice(2).join(" ").toLowerCase() : "";
      return words.every((word) => text.includes(word));
    });
  }
}

// ---- The table -------------------------------------------------------------------

class Table {
  constructor(model, rows, el) {
    this.model = model;
    this.rows = rows;
    this.column = 0;
    this.down = model.get("falling");
    this.active = 0; // the place of the row that Tab leads to
    this.shown = []; // the rows that fit, sorted
    this.drawn = new Map(); // by place
    this.body = element("div", { className: "wb-rows-body", role: "rowgroup" });
    this.frame = element("div", { className: "wb-rows-frame", role: "grid" },
      this.head(), this.body);
    this.frame.setAttribute("aria-label", model.get("label"));
    this.frame.setAttribute("aria-colcount", model.get("columns").length);
    this.none = element("div", { className: "wb-rows-none", hidden: true });
    this.count = element("div", { className: "wb-rows-count", role: "status" });
    el.classList.add("wb", "wb-rows");
    el.dataset.lmSuppressShortcuts = "true";
    el.replaceChildren(this.frame, this.none, this.count);
    this.frame.addEventListener("scroll", () => this.draw());
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("[aria-rowindex]");
      if (row) this.go(Number(row.getAttribute("aria-rowindex")) - 2, true);
    });
    this.arrange();
  }
  head() {
    this.heads = this.model.get("columns").map((name, column) => {
      const sign = element("span", {}, "");
      sign.setAttribute("aria-hidden", "true");
      const button = element("button", { type: "button" }, name, sign);
      button.addEventListener("click", () => this.sort(column));
      return element("div", { role: "columnheader" }, button);
    });
    const row = element("div", { className: "wb-rows-row wb-rows-head", role: "row" },
      ...this.heads);
    row.setAttribute("aria-rowindex", 1);
    return element("div", { role: "rowgroup", className: "wb-rows-top" }, row);
  }
  sort(column) {
    this.down = column === this.column && !this.down;
    this.column = column;
    this.frame.scrollTop = 0;
    this.arrange(null);
  }
  // What fits, in order. The row that Tab leads to stays the same where it is there.
  arrange(key = this.shown[this.active]?.[0]) {
    const { rows, model } = this;
    const fitting = rows.fitting(model.get("search"), model.get("kind"));
    this.shown = rows.sorted(fitting, this.column, this.down, model.get("falling"));
    const place = this.shown.findIndex((row) => row[0] === key);
    this.active = Math.max(place, 0);
    this.heads.forEach((head, column) => {
      const ruling = column === this.column;
      const order = this.down ? "descending" : "ascending";
      head.setAttribute("aria-sort", ruling ? order : "none");
      head.querySelector("span").textContent = ruling ? (this.down ? " ▼" : " ▲") : "";
    });
    this.frame.setAttribute("aria-rowcount", this.shown.length + 1);
    this.body.style.height = `${this.shown.length * HEIGHT}px`;
    const [some, all] = [this.shown.length, rows.byKey.size];
    this.count.textContent = rows.known ? `${some} of ${all}` : "";
    this.none.hidden = some > 0 || !rows.known;
    this.none.textContent = all ? "Nothing fits the search." : "Nothing is here yet.";
    this.frame.hidden = rows.known && !some;
    this.draw(true);
  }
  draw(anew = false) {
    const focused = this.body.contains(document.activeElement);
    const first = Math.max(0, Math.floor(this.frame.scrollTop / HEIGHT) - BEYOND);
    const last = Math.min(this.shown.length, first + MOST + 2 * BEYOND);
    const wanted = new Set([this.active]);
    for (let place = first; place < last; place += 1) wanted.add(place);
    for (const [place, row] of this.drawn) {
      if (!anew && wanted.has(place)) continue;
      row.remove();
      this.drawn.delete(place);
    }
    for (const place of [...wanted].sort((a, b) => a - b)) {
      if (!this.drawn.has(place) && this.shown[place]) this.add(place);
    }
    if (anew && focused) this.drawn.get(this.active)?.focus({ preventScroll: true });
  }
  add(place) {
    const [key, , , ...cells] = this.shown[place];
    const row = element("div", { className: "wb-rows-row", role: "row" },
      ...cells.map((text, column) => element("div", {
        role: column ? "gridcell" : "rowheader", title: text, textContent: text,
        className: SIGNS[text[0]] ?? "",
      })));
    row.style.top = `${place * HEIGHT}px`;
    row.setAttribute("aria-rowindex", place + 2);
    row.setAttribute("aria-selected", key === this.model.get("chosen"));
    row.tabIndex = place === this.active ? 0 : -1;
    this.drawn.set(place, row);
    const after = [...this.drawn].filter(([other]) => other > place);
    const next = after.sort(([a], [b]) => a - b)[0];
    this.body.insertBefore(row, next ? next[1] : null);
  }
  key(event) {
    const page = MOST - 1;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page,
      Home: -Infinity, End: Infinity };
    if (event.key in moves) {
      const place = this.active + moves[event.key];
      this.go(Math.min(Math.max(place, 0), this.shown.length - 1), false);
    } else if (event.key === "Enter" || event.key === " ") this.go(this.active, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  go(place, choose) {
    const before = this.drawn.get(this.active);
    if (before) before.tabIndex = -1;
    this.active = place;
    this.reveal(place);
    const row = this.drawn.get(place);
    row.tabIndex = 0;
    row.focus({ preventScroll: true });
    if (!choose) return;
    this.model.set("chosen", this.shown[place][0]);
    this.model.save_changes();
  }
  reveal(place) {
    const { frame } = this;
    const room = frame.clientHeight - this.heads[0].parentElement.offsetHeight;
    const least = (place + 1) * HEIGHT - room;
    if (frame.scrollTop > place * HEIGHT) frame.scrollTop = place * HEIGHT;
    else if (frame.scrollTop < least) frame.scrollTop = least;
    this.draw();
  }
  mark() { // whoever is chosen, also by Python
    const key = this.model.get("chosen");
    const place = this.shown.findIndex((row) => row[0] === key);
    for (const [at, row] of this.drawn) row.setAttribute("aria-selected", at === place);
    if (place < 0 || place === this.active) return;
    const before = this.drawn.get(this.active);
    if (before) before.tabIndex = -1;
    this.active = place;
    this.reveal(place);
    this.drawn.get(place).tabIndex = 0;
  }
}

export default () => {
  const rows = new Rows();
  const tables = new Set();
  return {
    initialize({ model }) {
      model.on("msg:custom", (message) => {
        rows.take(message);
        tables.forEach((table) => {
          table.arrange();
          table.mark();
        });
      });
      model.send("rows?");
    },
    render({ model, el }) {
      const table = new Table(model, rows, el);
      const arrange = () => {
        table.frame.scrollTop = 0;
        table.arrange(null);
      };
      const mark = () => table.mark();
      tables.add(table);
      model.on("change:search change:kind", arrange);
      model.on("change:chosen", mark);
      return () => {
        tables.delete(table);
        model.off("change:search change:kind", arrange);
        model.off("change:chosen", mark);
      };
    },
  };
};
