// The script editor: CodeMirror 6 as an anywidget. Python gives the text, the
// findings and the completions; the editor gives the text back.
//
// Traits: value, description, help, findings [{line, column, severity, message, fix}],
// completions [{label, type, detail, info, members}].

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap }
  from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab }
  from "@codemirror/commands";
import { javascriptLanguage, localCompletionSource } from "@codemirror/lang-javascript";
import { LanguageSupport, bracketMatching, indentOnInput, indentUnit,
  syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter,
  highlightSpecialChars, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

const PAUSE = 300; // milliseconds without a key after which Python gets the text

let made = 0;

// ---- Findings ---------------------------------------------------------------

// Python counts characters as people do; CodeMirror counts UTF-16 units.
function unitsBefore(text, column) {
  return Array.from(text).slice(0, column - 1).join("").length;
}

function placed(doc, finding) {
  if (!finding.line) return { from: 0, to: 0 };
  const line = doc.line(Math.min(finding.line, doc.lines));
  if (!finding.column) {
    const blank = line.text.length - line.text.trimStart().length;
    return { from: line.from + blank, to: line.to };
  }
  const at = Math.min(unitsBefore(line.text, finding.column), line.text.length);
  const word = /^(?:[\w$\u0080-\uffff]+|[^\w\s]|\s+)/.exec(line.text.slice(at));
  if (word) return { from: line.from + at, to: line.from + at + word[0].length };
  return { from: Math.max(line.from, line.to - 1), to: line.to }; // at the line's end
}

const said = (finding) =>
  finding.fix ? `${finding.message} ${finding.fix}` : finding.message;

function diagnostics(doc, findings) {
  return findings.filter((each) => each.line).map((each) => ({
    ...placed(doc, each), severity: each.severity, message: said(each),
    source: each.code || undefined,
  })).sort((one, other) => one.from - other.from);
}

function list(view, place, findings) {
  const buttons = findings.map((each) => {
    const where = each.line ? `Line ${each.line}` : "Script";
    const button = document.createElement("button");
    button.type = "button";
    button.className = `wb-finding wb-${each.severity}`;
    const mark = document.createElement("span");
    mark.textContent = `${{ error: "✗", warning: "!" }[each.severity] || "i"} ${where}`;
    button.append(mark, ` ${said(each)}`);
    button.addEventListener("click", () => {
      view.dispatch({
        selection: { anchor: placed(view.state.doc, each).from }, scrollIntoView: true,
      });
      view.focus();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  });
  place.replaceChildren(...buttons);
}

// ---- Completion -------------------------------------------------------------

const QUIET = /String|Comment|TemplateString|RegExp|PropertyDefinition/;

function offered(members, path) {
  for (const name of path) {
    members = members.find((each) => each.label === name)?.members;
    if (!members) return [];
  }
  return members;
}

function bindings(model) {
  return (context) => {
    const node = syntaxTree(context.state).resolveInner(context.pos, -1);
    if (QUIET.test(node.name)) return null;
    const typed = context.matchBefore(/(?:[\w$]+\s*\.\s*)*[\w$]*$/);
    if (!typed || (typed.text === "" && !context.explicit)) return null;
    const path = typed.text.split(".").map((name) => name.trim());
    const begun = path.pop();
    const options = offered(model.get("completions"), path).map((each) => ({
      label: each.label, type: each.type, detail: each.detail, info: each.info,
    }));
    if (!options.length) return null;
    return { from: context.pos - begun.length, options, validFor: /^[\w$]*$/ };
  };
}

const locals = (context) =>
  context.matchBefore(/\.\s*[\w$]*$/) ? null : localCompletionSource(context);

// ---- The editor -------------------------------------------------------------

function extensions(model, help, changed) {
  return [
    lineNumbers(), lintGutter(), highlightActiveLineGutter(), highlightSpecialChars(),
    history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
    highlightActiveLine(), highlightSelectionMatches(), indentUnit.of("    "),
    EditorState.tabSize.of(4), EditorView.lineWrapping,
    new LanguageSupport(javascriptLanguage),
    syntaxHighlighting(classHighlighter),
    // So few options that the list never scrolls; the keys turn over to the others.
    autocompletion({
      override: [bindings(model), locals], icons: false, maxRenderedOptions: 12,
    }),
    tooltips({ position: "fixed", parent: document.body }),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap,
      ...historyKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
    EditorView.contentAttributes.of(() => ({
      "aria-label": model.get("description"), "aria-describedby": help, spellcheck: "false",
    })),
    EditorView.updateListener.of((update) => update.docChanged && changed()),
    EditorView.domEventHandlers({ blur: () => changed(0) }),
  ];
}

function keepInStep(model, view, found) {
  const follow = () => {
    if (model.get("value") === view.state.doc.toString()) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: model.get("value") },
    });
  };
  const mark = () => {
    const findings = model.get("findings");
    list(view, found, findings);
    view.contentDOM.setAttribute("aria-invalid", String(findings.length > 0));
    view.dispatch(setDiagnostics(view.state, diagnostics(view.state.doc, findings)));
  };
  model.on("change:value", follow);
  model.on("change:findings", mark);
  mark();
  return () => {
    model.off("change:value", follow);
    model.off("change:findings", mark);
  };
}

function render({ model, el }) {
  const id = `wb-editor-help-${(made += 1)}`;
  const label = document.createElement("div");
  const host = document.createElement("div");
  const help = document.createElement("div");
  const found = document.createElement("ul");
  el.classList.add("wb-editor");
  // JupyterLab's own keys stay away from what is typed here.
  el.dataset.lmSuppressShortcuts = "true";
  label.className = "wb-editor-label";
  label.textContent = model.get("description");
  help.className = "wb-editor-help";
  help.id = id;
  help.textContent = model.get("help");
  found.className = "wb-findings";
  found.setAttribute("aria-label", "Findings");
  const status = document.createElement("div");
  status.setAttribute("role", "status");
  status.append(found);
  el.append(label, host, help, status);

  let timer = 0;
  const send = () => {
    clearTimeout(timer);
    const text = view.state.doc.toString();
    if (text === model.get("value").replace(/\r\n?/g, "\n")) return;
    model.set("value", text);
    model.save_changes();
  };
  const changed = (pause = PAUSE) => {
    clearTimeout(timer);
    if (pause) timer = setTimeout(send, pause);
    else send();
  };
  const view = new EditorView({
    doc: model.get("value"), extensions: extensions(model, id, changed), parent: host,
  });
  const release = keepInStep(model, view, found);
  model.send({ shown: true });
  return () => {
    clearTimeout(timer);
    release();
    view.destroy();
  };
}

export default { render };
