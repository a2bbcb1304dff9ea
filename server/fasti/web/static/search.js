// Typing ahead on the search fields: a combobox with a list of names (WAI-ARIA Authoring Practices, "editable
// combobox with list autocomplete"). Without it the forms search as they do anyway.

const WAIT = 90; // milliseconds of silence before asking
const KEEP = 60; // answers that are remembered while the page is open

const answers = new Map();
let fields = 0;

async function ask(address, typed, signal) {
  const url = new URL(address, location.href);
  url.searchParams.set("q", typed);
  const known = answers.get(url.href);
  if (known) return known;
  const response = await fetch(url, { signal, headers: { Accept: "application/x-suggestions+json" } });
  if (!response.ok) return [];
  const [, names, about, addresses] = await response.json();
  const found = names.map((name, at) => ({ name, about: about[at], href: addresses[at] }));
  if (answers.size >= KEEP) answers.delete(answers.keys().next().value);
  answers.set(url.href, found);
  return found;
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The name with what was typed in bold where it stands there as typed. */
function marked(name, typed) {
  const at = name.toLowerCase().indexOf(typed.trim().toLowerCase());
  if (at < 0 || !typed.trim()) return [name];
  const end = at + typed.trim().length;
  return [name.slice(0, at), element("b", { textContent: name.slice(at, end) }), name.slice(end)];
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.list = element("ul", { id: `suggestions-${++fields}`, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
    this.chosen = -1;
    const around = element("span", { className: "suggested" });
    input.replaceWith(around);
    around.append(input, this.list);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": this.list.id, "aria-haspopup": "listbox",
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    input.addEventListener("compositionend", () => this.typed());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.follow(event.target.closest("[role=option]")));
  }

  get options() { return [...this.list.children]; }

  typed() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!this.input.value.trim()) { this.close(); return; }
    this.timer = setTimeout(() => this.look(), WAIT);
  }

  async look() {
    const typed = this.input.value;
    this.asking = new AbortController();
    try {
      const found = await ask(this.input.dataset.suggest, typed, this.asking.signal);
      if (this.input.value === typed && document.activeElement === this.input) this.show(found, typed);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no network: the form still works
    }
  }

  show(found, typed) {
    this.list.replaceChildren(...found.map((each, at) => {
      const option = element("li", { id: `${this.list.id}-${at}` },
        element("span", { className: "name" }, ...marked(each.name, typed)),
        element("span", { className: "about", textContent: each.about }));
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = each.href;
      return option;
    }));
    this.choose(-1);
    this.open(found.length > 0);
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.choose(-1);
    this.open(false);
  }

  choose(at) {
    this.options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    this.chosen = at;
    const option = this.options[at];
    if (!option) { this.input.removeAttribute("aria-activedescendant"); return; }
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  follow(option) {
    if (option) location.assign(option.dataset.href);
  }

  pressed(event) {
    if (event.isComposing || event.altKey && event.key !== "ArrowDown" || event.ctrlKey || event.metaKey) return;
    const open = !this.list.hidden, last = this.options.length - 1;
    if (event.key === "Escape" && open) this.close(); // a second one empties the field, as browsers have it
    else if (event.key === "Enter" && open && this.chosen >= 0) this.follow(this.options[this.chosen]);
    else if (event.key === "ArrowDown" && !open && this.input.value.trim()) this.look();
    else if (event.key === "ArrowDown" && open) this.choose(this.chosen >= last ? -1 : this.chosen + 1);
    else if (event.key === "ArrowUp" && open) this.choose(this.chosen < 0 ? last : this.chosen - 1);
    else return; // Tab, Home, End and letters are the field's own
    event.preventDefault();
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Combobox(input);
