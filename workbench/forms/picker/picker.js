// A text field with a list of names below it, as WAI-ARIA describes a combobox that
// completes from a list. Python finds the names; no more than the best come here.
//
// Traits: value, query, matches [{name, shown, words}], total, description, tooltip,
// label_width.

const PATIENCE = 80; // milliseconds without a key, then the list follows
let fields = 0;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

class Picker {
  constructor(model, el) {
    this.model = model;
    this.id = `wb-picker-${++fields}`;
    this.active = -1;
    const label = model.get("description");
    this.label = element("label", { className: "widget-label", textContent: label });
    this.input = element("input", { type: "text", id: this.id, autocomplete: "off" });
    this.names = element("ul", { id: `${this.id}-names` });
    this.note = element("p");
    this.list = element("div", { className: "wb-picker-list", hidden: true },
      this.names, this.note);
    this.label.htmlFor = this.id;
    this.label.title = this.input.title = model.get("tooltip");
    this.describe(label);
    this.root = element("div", {
      className: "jupyter-widgets widget-inline-hbox widget-text wb-picker",
    }, this.label, this.input, this.list);
    el.append(this.root);
    this.listen();
    this.widen();
    this.show();
    this.draw();
  }
  describe(label) {
    const { input, names, note } = this;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", names.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("spellcheck", "false");
    names.setAttribute("role", "listbox");
    names.setAttribute("aria-label", `${label}: what fits`);
    note.setAttribute("role", "status");
  }
  listen() {
    const { input, names } = this;
    input.addEventListener("input", () => this.typed());
    input.addEventListener("click", () => this.open());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
    names.addEventListener("mousedown", (event) => event.preventDefault());
    names.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (item) this.choose([...names.children].indexOf(item));
    });
  }

  // ---- What Python says ---------------------------------------------------------

  widen() {
    this.label.style.width = this.model.get("label_width");
  }
  show() {
    const value = this.model.get("value");
    if (this.input.value !== value) this.input.value = value;
  }
  draw() {
    const matches = this.model.get("matches");
    const more = this.model.get("total") - matches.length;
    this.names.replaceChildren(...matches.map(({ shown, words }, index) => {
      const item = element("li", { id: `${this.id}-${index}` },
        element("b", { textContent: shown }), element("span", { textContent: words }));
      item.setAttribute("role", "option");
      return item;
    }));
    if (!matches.length) this.note.textContent = "None fits; what is typed is sent.";
    else this.note.textContent = more ? `${more} more: type a part of the name.` : "";
    this.note.hidden = !this.note.textContent;
    this.mark(-1);
  }

  // ---- What somebody does -------------------------------------------------------

  typed() {
    this.model.set("value", this.input.value);
    this.model.save_changes();
    this.look(this.input.value, PATIENCE);
    this.open(false);
  }
  look(query, after) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.model.set("query", query);
      this.model.save_changes();
    }, after);
  }
  key(event) {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(step);
    else if (event.key === "Enter" && this.isOpen && this.active >= 0) this.choose(this.active);
    else if (event.key === "Escape" && this.isOpen) this.close();
    else return;
    event.preventDefault();
  }
  get isOpen() {
    return !this.list.hidden;
  }
  open(all = true) {
    if (this.isOpen) return;
    if (all) this.look("", 0);
    const { offsetLeft, offsetWidth, offsetTop, offsetHeight } = this.input;
    Object.assign(this.list.style, {
      left: `${offsetLeft}px`, width: `${offsetWidth}px`, top: `${offsetTop + offsetHeight}px`,
    });
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }
  close() {
    if (this.model.get("query")) this.look("", 0); // the next look is at all of them
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
  move(step) {
    const many = this.names.children.length;
    if (!this.isOpen) this.open();
    else if (many) this.mark((this.active + step + (this.active < 0 && step < 0) + many) % many);
  }
  mark(index) {
    this.active = index;
    [...this.names.children].forEach((item, at) => {
      item.setAttribute("aria-selected", String(at === index));
    });
    const marked = this.names.children[index];
    if (!marked) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", marked.id);
    marked.scrollIntoView({ block: "nearest" });
  }
  choose(index) {
    this.input.value = this.model.get("matches")[index].name;
    this.model.set("value", this.input.value);
    this.model.save_changes();
    this.close();
  }
}

function render({ model, el }) {
  const picker = new Picker(model, el);
  const told = {
    "change:value": () => picker.show(),
    "change:matches": () => picker.draw(),
    "change:total": () => picker.draw(),
    "change:label_width": () => picker.widen(),
  };
  for (const [event, follow] of Object.entries(told)) model.on(event, follow);
  return () => {
    clearTimeout(picker.waiting);
    for (const [event, follow] of Object.entries(told)) model.off(event, follow);
  };
}

export default { render };
