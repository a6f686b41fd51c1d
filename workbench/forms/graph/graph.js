// The chain graph as an anywidget: the same picture, in which one can point at a
// token, choose it, zoom and move. Python draws it and escapes what is shown.
//
// Traits: svg, caption, parts [{name, label, html, token}], selected (a part's name).

const SVG = "http://www.w3.org/2000/svg";
const NATURAL = 4 / 3; // pixels for one point, as Graphviz counts
const LEGIBLE = 1.1; // letters of eleven pixels
const CLOSEST = 4 * NATURAL;
const STEP = 1.25;
const CLICK = 5; // pixels a pointer may move in a click

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// ---- What part of the picture is seen -----------------------------------------

class Camera {
  constructor(svg) {
    this.svg = svg;
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.whole = { x, y, width, height };
    this.centre = { x: x + width / 2, y: y + height / 2 };
    this.scale = 0; // pixels for one point; 0 until the page has room for the picture
    this.steered = false; // whether somebody has zoomed or moved
  }
  get room() {
    return this.svg.getBoundingClientRect();
  }
  get across() { // the scale in which the whole is as wide as the room
    return Math.min(this.svg.parentNode.clientWidth / this.whole.width, NATURAL);
  }
  get farthest() {
    return Math.min(this.across, this.room.height / this.whole.height);
  }
  look(centre, scale) {
    const { room, whole } = this;
    if (!room.width || !room.height) return;
    this.scale = Math.max(Math.min(scale, CLOSEST), this.farthest);
    const [width, height] = [room.width / this.scale, room.height / this.scale];
    // The picture fills the room, or stands in its middle.
    const within = (at, size, from, all) => size >= all
      ? from + all / 2
      : Math.min(Math.max(at, from + size / 2), from + all - size / 2);
    this.centre = {
      x: within(centre.x, width, whole.x, whole.width),
      y: within(centre.y, height, whole.y, whole.height),
    };
    const { x, y } = this.centre;
    this.svg.setAttribute(
      "viewBox", `${x - width / 2} ${y - height / 2} ${width} ${height}`);
  }
  fit() { // the whole, in its natural size or smaller
    this.steered = false;
    this.svg.style.height = `${Math.ceil(this.whole.height * this.across)}px`;
    this.look(this.centre, 0);
  }
  zoom(factor, at = this.centre) {
    this.steered = true;
    const scale = Math.max(Math.min(this.scale * factor, CLOSEST), this.farthest);
    const kept = this.scale / scale; // what the pointer is on stays below it
    this.look({
      x: at.x - (at.x - this.centre.x) * kept, y: at.y - (at.y - this.centre.y) * kept,
    }, scale);
  }
  move(right, down) { // pixels
    this.steered = true;
    const { x, y } = this.centre;
    this.look({ x: x + right / this.scale, y: y + down / this.scale }, this.scale);
  }
  point(event) {
    const matrix = this.svg.getScreenCTM().inverse();
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  }
  reveal(part) {
    const { room } = this;
    const box = part.getBoundingClientRect();
    const beyond = (from, to, least, most) =>
      from < least ? from - least - 16 : to > most ? to - most + 16 : 0;
    const right = beyond(box.left, box.right, room.left, room.right);
    const down = beyond(box.top, box.bottom, room.top, room.bottom);
    if (right || down) this.move(right, down);
  }
}

// ---- The parts -------------------------------------------------------------------

function ring(part) {
  const box = part.getBBox();
  const made = document.createElementNS(SVG, "rect");
  const around = { x: box.x - 3, y: box.y - 3, width: box.width + 6,
    height: box.height + 6, rx: 4, class: "wb-ring" };
  Object.entries(around).forEach(([name, value]) => made.setAttribute(name, value));
  part.prepend(made);
}

function prepare(graph, { name, token }) {
  const part = graph.svg.querySelector(`[data-part="${name}"]`);
  if (!part) return null;
  part.setAttribute("role", token === null ? "img" : "button");
  part.classList.toggle("wb-token", token !== null);
  ring(part);
  return part;
}

class Graph {
  constructor(model, el) {
    this.model = model;
    this.hint = element("div", { className: "wb-graph-hint" });
    this.frame = element("div", { className: "wb-graph-frame" });
    this.caption = element("div", { className: "wb-graph-caption" });
    this.shown = element("div", { className: "wb-graph-shown" });
    this.shown.setAttribute("role", "region");
    this.shown.setAttribute("aria-label", "What is pointed at");
    this.hint.textContent =
      "Arrows walk along the chain, Enter chooses a token; drag moves, + and − zoom.";
    el.classList.add("wb-graph");
    el.dataset.lmSuppressShortcuts = "true";
    el.replaceChildren(this.tools(), this.frame, this.hint, this.caption, this.shown);
  }
  tools() {
    const button = (text, name, work) => {
      const made = element("button", { type: "button", textContent: text, title: name });
      made.setAttribute("aria-label", name);
      made.addEventListener("click", work);
      return made;
    };
    const bar = element("div", { className: "wb-graph-tools" },
      button("+", "Zoom in", () => this.camera?.zoom(STEP)),
      button("−", "Zoom out", () => this.camera?.zoom(1 / STEP)),
      button("Whole chain", "Show the whole chain", () => this.camera?.fit()));
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "View of the chain");
    return bar;
  }
  draw() {
    this.frame.innerHTML = this.model.get("svg");
    this.caption.innerHTML = this.model.get("caption");
    this.drawings = [...this.frame.querySelectorAll("svg")].map((svg) => {
      svg.removeAttribute("style");
      svg.querySelector("title")?.remove();
      return { svg, width: svg.viewBox.baseVal.width, parts: new Map() };
    });
    this.place = this.drawings[0]?.svg.parentNode;
    this.svg = this.camera = null;
    this.parts = new Map();
    this.about = new Map();
    this.shown.replaceChildren();
    this.watch?.disconnect();
    if (!this.place) return;
    for (const { svg } of this.drawings) svg.remove();
    this.watch = new ResizeObserver(() => this.arrange());
    this.watch.observe(this.place);
  }
  // As soon as the page has room for the picture, and when it has other: the widest
  // drawing that is legible there.
  arrange() {
    const room = this.place.clientWidth;
    if (!room) return;
    const best = this.drawings.find((each) => each.width * LEGIBLE <= room)
      ?? this.drawings.at(-1);
    if (best.svg !== this.svg) this.use(best);
    if (this.camera.steered) this.camera.look(this.camera.centre, this.camera.scale);
    else this.camera.fit();
  }
  use(drawing) {
    const focused = this.svg?.contains(document.activeElement)
      && document.activeElement.dataset.part;
    this.svg?.remove();
    this.svg = drawing.svg;
    this.place.append(this.svg);
    drawing.camera ??= new Camera(this.svg);
    this.camera = drawing.camera;
    this.parts = drawing.parts;
    if (!this.parts.size) this.prepare();
    this.learn();
    this.enter(this.parts.get(focused) ?? [...this.parts.values()][0]);
    this.mark();
    if (focused) this.parts.get(focused)?.focus();
  }
  prepare() {
    for (const each of this.model.get("parts")) {
      const part = prepare(this, each);
      if (part) this.parts.set(each.name, part);
    }
    this.listen();
  }
  learn() { // what is said of the parts
    this.about = new Map();
    for (const each of this.model.get("parts")) {
      const part = this.parts.get(each.name);
      if (!part) continue;
      part.setAttribute("aria-label", each.label);
      this.about.set(part, each);
    }
  }
  listen() {
    const partOf = (event) => event.target.closest?.("[data-part]");
    this.svg.addEventListener("pointerover", (event) => this.tell(partOf(event)));
    this.svg.addEventListener("pointerleave", () => this.tell(this.remembered()));
    this.svg.addEventListener("focusin", (event) => {
      const part = partOf(event);
      if (!part) return;
      this.enter(part);
      this.tell(part);
      this.camera.reveal(part);
    });
    this.svg.addEventListener("keydown", (event) => this.key(event, partOf(event)));
    this.drag(partOf);
    this.svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      this.camera.zoom(event.deltaY > 0 ? 1 / STEP : STEP, this.camera.point(event));
    }, { passive: false });
  }
  drag(partOf) {
    let last = null;
    let moved = 0;
    this.svg.addEventListener("pointerdown", (event) => {
      last = event;
      moved = 0;
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!last || !event.buttons) return;
      const [right, down] = [last.clientX - event.clientX, last.clientY - event.clientY];
      moved += Math.abs(right) + Math.abs(down);
      this.camera.move(right, down);
      last = event;
    });
    this.svg.addEventListener("click", (event) => {
      last = null;
      if (moved <= CLICK) this.choose(partOf(event));
    });
  }
  key(event, part) {
    const keys = [...this.parts.values()];
    const at = keys.indexOf(part);
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1,
      ArrowUp: at - 1, Home: 0, End: keys.length - 1 }[event.key];
    const zoom = { "+": STEP, "=": STEP, "-": 1 / STEP }[event.key];
    if (next !== undefined) keys[Math.min(Math.max(next, 0), keys.length - 1)]?.focus();
    else if (zoom) this.camera.zoom(zoom);
    else if (event.key === "0") this.camera.fit();
    else if (event.key === "Enter" || event.key === " ") this.choose(part);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  enter(part) { // the one that Tab comes to
    for (const each of this.parts.values()) each.setAttribute("tabindex", "-1");
    part?.setAttribute("tabindex", "0");
  }
  remembered() {
    const active = this.svg?.contains(document.activeElement) && document.activeElement;
    return (active && this.about.has(active) && active)
      || this.parts.get(this.model.get("selected"));
  }
  tell(part) {
    const about = part && this.about.get(part);
    if (!about || this.told === about) return;
    this.told = about;
    this.shown.innerHTML = about.html;
    for (const each of this.parts.values()) each.classList.toggle("wb-told", each === part);
  }
  choose(part) {
    const about = part && this.about.get(part);
    if (!about || about.token === null) return;
    this.model.set("selected", about.name);
    this.model.save_changes();
  }
  mark() {
    const name = this.model.get("selected");
    for (const [each, part] of this.parts) {
      part.classList.toggle("wb-selected", each === name);
      if (part.classList.contains("wb-token")) {
        part.setAttribute("aria-pressed", String(each === name));
      }
    }
    this.told = null;
    this.tell(this.remembered());
  }
}

function render({ model, el }) {
  const graph = new Graph(model, el);
  const follow = Object.entries({
    "change:drawn": () => graph.draw(),
    "change:selected": () => graph.mark(),
    "change:parts": () => graph.learn(),
  });
  for (const [what, work] of follow) model.on(what, work);
  graph.draw();
  return () => {
    graph.watch?.disconnect();
    for (const [what, work] of follow) model.off(what, work);
  };
}

export default { render };
