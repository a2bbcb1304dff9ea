// YASQE in the place of the text field, with our own completion: nothing is asked of any other host.
import { completer, vocabulary } from "./query-completion.js";

const QUIET = { autocompleters: [], consumeShareLink: null, createShareableLink: null, persistenceId: null,
  prefixCcApi: null, resizeable: false, showQueryButton: false };
// The editor's own check shows its words to a mouse only; `check` below says them to everybody.
const CHECK = { syntaxErrorCheck: false };

/** Put the editor in; what it gives back shows a text, tells it, and marks the place of a mistake. */
export async function edit(form, field) {
  const [{ default: Yasqe }, known] = await Promise.all([import(form.dataset.editor), vocabulary(form.dataset.terms)]);
  Yasqe.defaults.autocompleters = [];
  Yasqe.defineMode("declared", (options) => declared(Yasqe.getMode(options, "sparql11"), known.prefixes));
  const complete = completer(known.terms, form.dataset.search);
  const place = document.createElement("div");
  field.before(place);
  const label = document.getElementById("query-label");
  const keys = document.getElementById("keys");
  const editor = new Yasqe(place, {
    ...QUIET,
    ...CHECK,
    mode: "declared",
    value: field.value,
    editorHeight: "auto",
    screenReaderLabel: `${label.textContent}. ${keys.textContent}`,
    extraKeys: {
      "Ctrl-Enter": () => form.requestSubmit(),
      "Cmd-Enter": () => form.requestSubmit(),
      "Ctrl-Space": () => suggest(true),
      "Ctrl-S": false,
      Tab: false,
      "Shift-Tab": false,
      Esc: () => form.querySelector("button").focus(),
    },
  });
  const suggest = (deliberate) =>
    editor.showHint({ hint: () => complete(editor, deliberate), completeSingle: false, closeCharacters: /[\s>]/, container: document.body });
  field.hidden = true;
  field.required = false;
  keys.hidden = false;
  label.addEventListener("click", () => editor.focus());
  form.addEventListener("formdata", (event) => event.formData.set(field.name, editor.getValue()));
  editor.on("inputRead", (_, change) => /[\w:<?$]$/.test(change.text.at(-1)) && suggest(false));
  editor.on("changes", () => check(editor, form));
  check(editor, form);
  let marks = [];
  return {
    text: () => editor.getValue(),
    focus: () => editor.focus(),
    show: (query) => editor.setValue(query),
    mark(at) {
      marks.forEach((mark) => mark.clear());
      marks = at ? marked(editor, at) : [];
    },
  };
}

/** The language with our prefixes known from the start, as they are to the endpoint. */
function declared(mode, prefixes) {
  const startState = () => {
    const state = mode.startState();
    return { ...state, prefixes: { ...prefixes, ...state.prefixes } };
  };
  return { ...mode, startState };
}

/** Mark line and token, and put the cursor there; `line` and `column` count from 1, the column in code points. */
function marked(editor, [line, column]) {
  const doc = editor.getDoc();
  const ch = [...doc.getLine(line - 1)].slice(0, column - 1).join("").length;
  const token = editor.getTokenAt({ line: line - 1, ch: ch + 1 });
  const from = { line: line - 1, ch };
  const handle = doc.addLineClass(line - 1, "wrap", "wrong-line");
  doc.setCursor(from);
  return [
    doc.markText(from, { line: line - 1, ch: Math.max(token.end, ch + 1) }, { className: "wrong-place" }),
    { clear: () => doc.removeLineClass(handle, "wrap", "wrong-line") },
  ];
}

/** Say where the text stops being SPARQL, while it is written. */
function check(editor, form) {
  const doc = editor.getDoc();
  const said = document.getElementById("syntax");
  for (let line = 0; line < doc.lineCount(); line++) {
    const wrong = editor.getLineTokens(line, true).find((token) => token.state.OK === false || token.type === "error");
    if (wrong) {
      const values = { line: line + 1, column: wrong.start + 1, found: wrong.string };
      said.textContent = form.dataset.wrong.replace(/\{(\w+)\}/g, (_, name) => values[name]);
      said.hidden = false;
      return;
    }
  }
  said.hidden = true;
}
