// A table of which one row is chosen, as WAI-ARIA describes a grid of rows. Python
// writes the cells, and no markup is taken from it.
//
// Traits: label, header [text], rows [{key, cells, role, badge}], chosen (a key or 0).

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

class Rows {
  constructor(model, el) {
    this.model = model;
    this.body = element("tbody");
    const heads = model.get("header").map((text) =>
      element("th", { scope: "col", textContent: text }));
    this.table = element("table", {},
      element("thead", {}, element("tr", {}, ...heads)), this.body);
    this.table.setAttribute("role", "grid");
    this.table.setAttribute("aria-label", model.get("label"));
    this.root = element("div", { className: "wb-rows" }, this.table);
    el.append(this.root);
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row) this.choose(row);
    });
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.draw();
  }
  draw() {
    const had = this.body.contains(document.activeElement);
    const rows = this.model.get("rows").map(({ key, cells, role, badge }) => {
      const mark = element("span", {
        className: `wb-badge wb-${role}`, textContent: badge,
      });
      const [first, ...rest] = cells.map((text) => element("td", { textContent: text }));
      const row = element("tr", {}, first, element("td", {}, mark), ...rest);
      row.dataset.key = key;
      return row;
    });
    this.body.replaceChildren(...rows);
    this.mark();
    if (had) this.body.querySelector("tr[tabindex='0']")?.focus();
  }
  mark() {
    const chosen = String(this.model.get("chosen"));
    const rows = [...this.body.rows];
    const entry = rows.find((row) => row.dataset.key === chosen) || rows[0];
    for (const row of rows) {
      row.setAttribute("aria-selected", String(row.dataset.key === chosen));
      row.tabIndex = row === entry ? 0 : -1; // the one that Tab comes to
    }
    if (entry?.dataset.key === chosen) entry.scrollIntoView({ block: "nearest" });
  }
  key(event) {
    const rows = [...this.body.rows];
    const at = rows.indexOf(event.target.closest("tr"));
    const to = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8,
      Home: 0, End: rows.length - 1, Enter: at, " ": at,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    this.choose(row);
    row.focus();
  }
  choose(row) {
    this.model.set("chosen", Number(row.dataset.key));
    this.model.save_changes();
    this.mark();
  }
}

function render({ model, el }) {
  const rows = new Rows(model, el);
  const draw = () => rows.draw();
  const mark = () => rows.mark();
  model.on("change:rows", draw);
  model.on("change:chosen", mark);
  return () => {
    model.off("change:rows", draw);
    model.off("change:chosen", mark);
  };
}

export default { render };
