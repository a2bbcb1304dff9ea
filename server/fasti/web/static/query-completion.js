// What may stand where the cursor is: variables of the query, terms of the vocabulary, entities by name.
const MOST = 60;
const VARIABLE = /[?$]\w*$/;
const ENTITY = /<([^\s<>"{}=?$&|!\d][^<>"{}]*)$/;
const TERM = /(?:^|[\s({[|^!/;,.*+])([A-Za-z][\w-]*:?[\w-]*)$/;

/** The prefixes that the endpoint knows, and the terms of this release. */
export async function vocabulary(address) {
  const answer = await fetch(address);
  return answer.ok ? answer.json() : { prefixes: {}, terms: [] };
}

/** @returns a function from an editor to the list of hints that CodeMirror shows; `deliberate` when they were asked for. */
export function completer(terms, searchAddress) {
  return async function hints(editor, deliberate) {
    const cursor = editor.getDoc().getCursor();
    const before = editor.getDoc().getLine(cursor.line).slice(0, cursor.ch);
    const from = (length) => ({ from: { line: cursor.line, ch: cursor.ch - length }, to: cursor });
    const variable = VARIABLE.exec(before);
    if (variable) return { list: variables(editor.getValue(), variable[0]), ...from(variable[0].length) };
    const entity = ENTITY.exec(before);
    if (entity && !/^https?:/.test(entity[1])) {
      return { list: await entities(searchAddress, entity[1]), ...from(entity[0].length) };
    }
    const term = TERM.exec(before);
    if (!term && !deliberate) return { list: [], ...from(0) };
    const typed = term?.[1] ?? "";
    if (!deliberate && !typed.includes(":")) return { list: [], ...from(0) };
    return { list: matching(terms, typed), ...from(typed.length) };
  };
}

function variables(query, typed) {
  const found = new Set(query.match(/[?$]\w+/g));
  found.delete(typed);
  return [...found].filter((name) => name.startsWith(typed)).sort().map((name) => hint(name));
}

/** Terms whose prefixed name or label has what was typed in it: beginnings first, then what is used most. */
function matching(terms, typed) {
  const wanted = typed.toLowerCase();
  const rank = ({ name, label }) => {
    const [short, words] = [name.toLowerCase(), label.toLowerCase()];
    if (short.startsWith(wanted)) return 0;
    if (short.split(":")[1].startsWith(wanted) || words.startsWith(wanted)) return 1;
    return short.includes(wanted) || words.includes(wanted) ? 2 : 3;
  };
  return terms
    .map((term) => [rank(term), term])
    .filter(([place]) => place < 3)
    .sort(([a], [b]) => a - b)
    .slice(0, MOST)
    .map(([, { name, label }]) => hint(name, label));
}

async function entities(address, name) {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: name })}`);
  if (!answer.ok) return [];
  const { hits } = await answer.json();
  return hits.map((found) => hint(`<${found.iri}>`, found.kind, found.name.text));
}

function hint(text, aside = "", shown = text) {
  return {
    text,
    render(item) {
      item.append(shown);
      if (aside) item.append(Object.assign(document.createElement("span"), { textContent: aside }));
    },
  };
}
