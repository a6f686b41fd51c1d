// A prebuilt JupyterLab extension: below a first line of %%may_act a cell is
// JavaScript, and is coloured as such. JupyterLab colours the cells of a notebook by
// the kernel's language and knows no other way for one cell.
//
// JupyterLab asks for a container of module federation; this one holds two plugins
// and takes CodeMirror from JupyterLab, as decorations of another copy do not count.

import { classHighlighter, highlightTree } from "@lezer/highlight";
import { parser } from "@lezer/javascript";
import { follow } from "./notebook_life.js";

const NAME = "delegation-workbench";
const MAGIC = /^%%may_act\b/;

const colour = (name) => ({ color: `var(--jp-mirror-editor-${name}-color)` });
const strong = { fontWeight: "bold" };
const COLOURS = {
  "& .wb-js": {
    color: "var(--jp-content-font-color1)", fontStyle: "normal", fontWeight: "normal",
    textDecoration: "none",
  },
  "& .wb-js.tok-keyword": { ...colour("keyword"), ...strong },
  "& .wb-js.tok-operator": { ...colour("operator"), ...strong },
  "& .wb-js.tok-string, & .wb-js.tok-string2": colour("string"),
  "& .wb-js.tok-comment": { ...colour("comment"), fontStyle: "italic" },
  "& .wb-js.tok-number, & .wb-js.tok-bool, & .wb-js.tok-atom": colour("number"),
  "& .wb-js.tok-propertyName": colour("property"),
};

// The ranges of a script: every character gets a class, so that what the notebook's
// own language sees in it does not show.
function ranges(text, offset) {
  const found = [];
  let done = 0;
  const add = (from, to, classes) => {
    if (from < to) found.push([offset + from, offset + to, `wb-js ${classes}`.trim()]);
  };
  highlightTree(parser.parse(text), classHighlighter, (from, to, classes) => {
    add(done, from, "");
    add(from, to, classes);
    done = to;
  });
  add(done, text.length, "");
  return found;
}

function extension({ Decoration, EditorView, ViewPlugin }, { Prec }) {
  const marks = new Map();
  const mark = (classes) => {
    if (!marks.has(classes)) marks.set(classes, Decoration.mark({ class: classes }));
    return marks.get(classes);
  };
  const decorate = (doc) => {
    if (!MAGIC.test(doc.line(1).text)) return Decoration.none;
    const start = Math.min(doc.line(1).to + 1, doc.length);
    const found = ranges(doc.sliceString(start), start);
    return Decoration.set(found.map(([from, to, name]) => mark(name).range(from, to)));
  };
  class Cell {
    constructor(view) {
      this.decorations = decorate(view.state.doc);
    }
    update(update) {
      if (update.docChanged) this.decorations = decorate(update.state.doc);
    }
  }
  const cell = ViewPlugin.fromClass(Cell, { decorations: (made) => made.decorations });
  return [Prec.highest(cell), EditorView.baseTheme(COLOURS)]; // highest is innermost
}

async function life(shared) {
  const { INotebookTracker } = await shared("@jupyterlab/notebook");
  return {
    id: `${NAME}:notebook-life`,
    description: "Shows that forms sleep without their kernel; keeps a lesson saved.",
    autoStart: true,
    requires: [INotebookTracker],
    activate: (_app, tracker) => {
      tracker.forEach(follow);
      tracker.widgetAdded.connect((_, panel) => follow(panel));
    },
  };
}

async function colouring(shared) {
  const lab = await shared("@jupyterlab/codemirror");
  const [view, state] = [await shared("@codemirror/view"), await shared("@codemirror/state")];
  const made = extension(view, state);
  return {
    id: `${NAME}:may-act-cells`,
    description: "Shows the script in a %%may_act cell as JavaScript.",
    autoStart: true,
    requires: [lab.IEditorExtensionRegistry],
    activate: (_app, registry) => registry.addExtension({
      name: `${NAME}:may-act-cells`,
      factory: () => lab.EditorExtensionRegistry.createImmutableExtension(made),
    }),
  };
}

let scope = {};
globalThis._JUPYTERLAB = globalThis._JUPYTERLAB || {};
globalThis._JUPYTERLAB[NAME] = {
  init(given) {
    scope = given;
  },
  async get() {
    const shared = async (name) => (await Object.values(scope[name]).at(-1).get())();
    const made = await Promise.all([colouring(shared), life(shared)]);
    return () => ({ default: made, __esModule: true });
  },
};
