/* Beside the document: the statements of a passage in the margin, without leaving the text. */
const wide = window.matchMedia("(min-width: 84rem)");
const margin = document.createElement("aside");
margin.className = "margin";
margin.setAttribute("aria-live", "polite");
margin.hidden = true;
let shown = null;

/* Shows the note of a passage: in the margin where there is room for one, else below its line. */
function show(mark) {
  const note = document.getElementById(mark.dataset.note);
  if (!note) return false;
  shown?.classList.remove("shown");
  shown = mark;
  mark.classList.add("shown");
  if (wide.matches) {
    const copy = note.cloneNode(true);
    copy.removeAttribute("id");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", margin.dataset.close);
    close.addEventListener("click", hide);
    margin.replaceChildren(copy, close);
    margin.hidden = false;
  } else {
    note.closest("details").open = true;
    note.scrollIntoView({ block: "nearest" });
  }
  return true;
}

function hide() {
  margin.hidden = true;
  shown?.classList.remove("shown");
  shown?.focus();
  shown = null;
}

/* An address with #passage-120-180 opens what holds it, also in browsers that do not do so themselves. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target?.closest("details");
  if (details && !details.open) {
    details.open = true;
    target.scrollIntoView();
  }
}

const lines = document.querySelector(".lines");
if (lines) {
  margin.setAttribute("aria-label", lines.dataset.margin);
  margin.dataset.close = lines.dataset.close;
  lines.after(margin);
  lines.addEventListener("click", (event) => {
    const mark = event.target.closest(".read");
    if (!mark || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (show(mark)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !margin.hidden) hide();
  });
  window.addEventListener("hashchange", reveal);
  reveal();
}
