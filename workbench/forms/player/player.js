// The player as an anywidget: every step is here from the beginning, so that playing,
// stepping and scrubbing need no kernel. Python draws and escapes what is shown.
//
// Traits: title, steps [{title, label, state, stage, decides, html, flow, chain, side, about,
// looks, call}], chapters [{title, start, state}], pictures [html], at (an index).

const SECOND = 1000;
const SPEEDS = [0.5, 1, 2, 4];
const PACE = 1.6 * SECOND; // to read one step, at speed 1
const SIGNS = { passed: "✓", failed: "✗", "not reached": "·" };
const CLASSES = {
  passed: "wb-granted", failed: "wb-refused", "not reached": "wb-server",
};

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function button(content, name, work) {
  const made = element("button", { type: "button", title: name }, content);
  made.setAttribute("aria-label", name);
  made.addEventListener("click", work);
  return made;
}

const ICONS = { // ten by ten, in the colour of the text
  first: "M0 1h2v8h-2zM10 0v10l-7-5z", back: "M8 0v10l-7-5z", play: "M1 0l9 5-9 5z",
  pause: "M1 0h3v10h-3zM6 0h3v10h-3z", next: "M2 0l7 5-7 5z", last: "M0 0l7 5-7 5zM8 1h2v8h-2z",
};

function icon(name) {
  const drawn = `<svg viewBox="0 0 10 10" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
  return element("span", { className: "wb-p-icon", innerHTML: drawn });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

class Player {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.at = 0;
    this.timer = 0;
    this.panes = {};
    el.classList.add("wb", "wb-p");
    el.dataset.lmSuppressShortcuts = "true";
    el.tabIndex = 0;
    el.setAttribute("role", "group");
    el.addEventListener("keydown", (event) => this.key(event));
    el.addEventListener("click", (event) => this.pointed(event));
    this.build();
  }

  // ---- What stands where -----------------------------------------------------------

  build() {
    this.heading = element("b", { className: "wb-p-heading" });
    this.count = element("span", { className: "wb-p-count" });
    this.spoken = element("div", { className: "wb-p-spoken" });
    this.spoken.setAttribute("aria-live", "polite");
    this.ticks = element("div", { className: "wb-p-ticks" });
    this.ticks.setAttribute("aria-hidden", "true");
    this.slider = element("input", { type: "range", min: 1, step: 1, className: "wb-p-slider" });
    this.slider.setAttribute("aria-label", "Step");
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value) - 1));
    this.chapters = element("div", { className: "wb-p-chapters" });
    this.chapters.setAttribute("role", "group");
    this.chapters.setAttribute("aria-label", "Parts");
    this.card = element("div", { className: "wb-p-step" });
    const grid = element("div", { className: "wb-p-grid" },
      this.pane("card", "This step"), this.pane("chain", "Who acts for whom"),
      this.pane("flow", "Requests"), this.pane("side", "Claims and parameters"));
    this.panes.card.inner.append(this.card);
    this.el.replaceChildren(
      element("div", { className: "wb-p-top" }, this.heading, this.count),
      this.controls(),
      element("div", { className: "wb-p-track" }, this.ticks, this.slider),
      this.chapters, grid, this.spoken);
  }
  pane(name, title) {
    const heading = element("h4", { textContent: title });
    const inner = element("div", { className: "wb-p-inner", tabIndex: 0 });
    inner.setAttribute("role", "region");
    inner.setAttribute("aria-label", title);
    this.panes[name] = { heading, inner, shown: null };
    return element("section", { className: `wb-p-pane wb-p-${name}` }, heading, inner);
  }
  controls() {
    this.toggle = button("", "Play", () => this.play(!this.timer));
    this.toggle.classList.add("wb-p-play");
    this.speed = element("select", { title: "Speed" },
      ...SPEEDS.map((each) => element("option", { value: each, textContent: `${each}×` })));
    this.speed.setAttribute("aria-label", "Speed");
    this.speed.value = 1;
    this.speed.addEventListener("change", () => this.timer && this.play(true));
    const end = button("To the decision", "Go to the step that decides",
      () => this.leave(this.decides()));
    this.decide = end;
    const bar = element("div", { className: "wb-p-bar" },
      button(icon("first"), "First step", () => this.leave(0)),
      button(icon("back"), "Previous step", () => this.leave(this.at - 1)),
      this.toggle,
      button(icon("next"), "Next step", () => this.leave(this.at + 1)),
      button(icon("last"), "Last step", () => this.leave(this.last)), end, this.speed);
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Player");
    return bar;
  }

  // ---- Something else to play ------------------------------------------------------

  draw() {
    this.play(false);
    this.steps = this.model.get("steps");
    this.pictures = this.model.get("pictures");
    this.heading.textContent = this.model.get("title");
    this.el.setAttribute("aria-label", `Player: ${this.model.get("title")}`);
    this.el.classList.toggle("wb-p-empty", !this.steps.length);
    this.slider.max = Math.max(this.steps.length, 1);
    this.el.style.setProperty("--wb-p-steps", this.slider.max);
    this.decide.hidden = this.decides() < 0;
    for (const each of Object.values(this.panes)) each.shown = null;
    this.ticks.replaceChildren(...this.steps.map((step, index) => {
      const tick = element("span", { textContent: SIGNS[step.state], title: step.title });
      tick.dataset.step = index;
      tick.className = CLASSES[step.state];
      return tick;
    }));
    this.chapters.replaceChildren(...this.model.get("chapters").map((chapter) => {
      const made = button(`${SIGNS[chapter.state]} ${chapter.title}`,
        `${chapter.title}: ${chapter.state}`, () => this.leave(chapter.start));
      made.classList.add(CLASSES[chapter.state]);
      made.dataset.start = chapter.start;
      return made;
    }));
    this.show(this.model.get("at"));
  }
  get last() {
    return this.steps.length - 1;
  }
  decides() {
    return this.steps.findIndex((step) => step.decides);
  }

  // ---- One step --------------------------------------------------------------------

  go(index) { // and let Python know, which need not answer
    const to = Math.min(Math.max(index, 0), Math.max(this.last, 0));
    if (to === this.at) return;
    this.show(to);
    this.model.set("at", to);
    this.model.save_changes();
  }
  leave(index) { // by hand: whoever steps does not want to be carried on
    this.play(false);
    this.go(index);
  }
  show(index) {
    this.at = Math.min(Math.max(index, 0), Math.max(this.last, 0));
    const step = this.steps[this.at];
    if (!step) return;
    this.count.textContent = `${this.at + 1} of ${this.steps.length}`;
    this.slider.value = this.at + 1;
    this.slider.setAttribute("aria-valuetext", step.label);
    this.card.innerHTML = step.html;
    this.panes.card.inner.scrollTop = 0;
    this.put("flow", step.flow);
    this.put("chain", step.chain);
    this.put("side", step.side, step.about);
    this.look(step);
    this.mark();
    this.spoken.textContent = step.label;
  }
  put(name, place, title) {
    const pane = this.panes[name];
    if (title) {
      pane.heading.textContent = title;
      pane.inner.setAttribute("aria-label", title);
    }
    if (pane.shown === place) return;
    pane.shown = place;
    pane.inner.innerHTML = this.pictures[place];
  }
  look(step) { // what matters now stands out, and is in view
    const { inner } = this.panes.side;
    const looks = new Set(step.looks);
    let first = null;
    for (const row of inner.querySelectorAll("[data-look]")) {
      const looked = looks.has(row.dataset.look);
      row.classList.toggle("wb-p-looked", looked);
      if (looked && !first) first = row;
    }
    inner.scrollTop = 0;
    if (first) {
      const from = first.getBoundingClientRect(), room = inner.getBoundingClientRect();
      if (from.top < room.top || from.bottom > room.bottom) {
        inner.scrollTop += from.top - room.top - 24;
      }
    }
  }
  mark() {
    [...this.ticks.children].forEach((tick, index) => {
      tick.classList.toggle("wb-p-now", index === this.at);
      tick.classList.toggle("wb-p-past", index < this.at);
    });
    let present = null;
    for (const chapter of this.chapters.children) {
      if (Number(chapter.dataset.start) <= this.at) present = chapter;
      chapter.removeAttribute("aria-current");
    }
    present?.setAttribute("aria-current", "step");
  }

  // ---- Playing, keys, pointer ------------------------------------------------------

  play(on) {
    clearInterval(this.timer);
    this.timer = 0;
    if (on && this.steps.length) {
      if (this.at >= this.last) this.go(0);
      this.timer = setInterval(() => this.tick(), PACE / Number(this.speed.value));
    }
    const name = this.timer ? "Pause" : "Play";
    this.toggle.replaceChildren(icon(name.toLowerCase()), name);
    this.toggle.setAttribute("aria-label", name);
    this.toggle.title = `${name} (space)`;
    this.el.classList.toggle("wb-p-playing", Boolean(this.timer) && !calm());
  }
  tick() {
    if (!this.el.isConnected) return this.play(false);
    this.go(this.at + 1);
    if (this.at >= this.last) this.play(false);
  }
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { target } = event;
    if (target.matches("select, summary, a")) return;
    const to = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0,
      End: this.last }[event.key];
    if (to !== undefined) this.leave(to);
    else if (event.key === " " && !target.matches("button")) this.play(!this.timer);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  pointed(event) {
    const tick = event.target.closest?.("[data-step]");
    if (tick && this.ticks.contains(tick)) this.leave(Number(tick.dataset.step));
  }
}

function render({ model, el }) {
  const player = new Player(model, el);
  const draw = () => player.draw();
  const follow = () => {
    if (model.get("at") !== player.at) player.show(model.get("at"));
  };
  draw();
  model.on("change:drawn", draw);
  model.on("change:at", follow);
  return () => {
    player.play(false);
    model.off("change:drawn", draw);
    model.off("change:at", follow);
  };
}

export default { render };
