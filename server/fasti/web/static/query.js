// The query page, nicer: an editor for the text field, answers without leaving the page. Without it the form is complete.
const form = document.getElementById("ask");
const field = document.getElementById("query");
const state = document.getElementById("state");
let editor = null;
let running = null;

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const text = () => (editor ? editor.text() : field.value);
const address = (query) => {
  const parameters = new URLSearchParams(new FormData(form));
  parameters.set("query", query);
  return `${form.action}?${parameters}`;
};

/** Show what the server says to the query in the address; its page is the one place that draws answers.
 *  An example's address names its query, so the query comes with the answer. */
async function answer(url) {
  running?.abort();
  const mine = (running = new AbortController());
  const begun = performance.now();
  const outcome = document.getElementById("outcome");
  outcome.setAttribute("aria-busy", "true");
  state.textContent = form.dataset.asking;
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" }, signal: mine.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("outcome");
    if (!fresh) throw new Error(`${response.status} ${response.statusText}`);
    outcome.replaceWith(document.adoptNode(fresh));
    if (new URL(url).searchParams.has("example")) show(page.getElementById("query").value);
    state.textContent = fill(form.dataset.answered, { ms: Math.round(performance.now() - begun) });
    if (point(fresh)) editor?.focus();
  } catch (error) {
    if (error.name === "AbortError") return;
    outcome.removeAttribute("aria-busy");
    state.textContent = fill(form.dataset.failed, { reason: error.message });
  }
}

/** Mark the place of a mistake, if the answer names one. */
function point(outcome) {
  const { line, column } = outcome.querySelector("[data-line]")?.dataset ?? {};
  editor?.mark(line ? [Number(line), Number(column)] : null);
  return Boolean(line);
}

/** Ask, with the address of the answer in the address bar. */
function ask(url) {
  if (url !== location.href) history.pushState(null, "", url);
  return answer(url);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(address(text()));
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
document.querySelector(".examples").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link.href);
  form.scrollIntoView({ block: "start" });
});
addEventListener("popstate", () => {
  const asked = new URL(location.href).searchParams;
  if (!asked.has("query") && !asked.has("example")) return location.reload();
  if (asked.has("query")) show(asked.get("query"));
  answer(location.href);
});

function show(query) {
  field.value = query;
  editor?.show(query);
}

if (form.dataset.editor) {
  const { edit } = await import("./query-editor.js");
  editor = await edit(form, field);
  point(document.getElementById("outcome"));
}
