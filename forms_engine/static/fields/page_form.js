/* Redraws only what changes: when an answer decides which questions there are, or a row is added or removed, the server is
   asked for the page's fields as they would now be. What stays is left alone, so nothing that was typed, chosen or attached
   meanwhile is lost. Without this script the same happens when the page is sent. */
let form = document.querySelector("form[data-page]");
const PAUSE = 600; // milliseconds without typing after which the server is asked
let asked = 0;
let waiting = 0;

document.addEventListener("turned", () => {
  form = document.querySelector("form[data-page]");
  clearTimeout(waiting);
  asked++; // what was asked for the page before is not heard any more
});

const fieldsOf = (element) => element.querySelector("#page-fields");
const inner = (element) => [...element.children].filter((child) => child.dataset.field !== undefined || child.matches(".field-row"));
const key = (element) => element.dataset.field ?? inner(element).map((child) => child.dataset.field).join(" ");

/** What a person could tell one control from another by, without what was typed into it or said about it. */
function outline(element) {
  const label = element.querySelector(".field__label")?.textContent.trim();
  const inputs = [...element.querySelectorAll("input, select, textarea, option")];
  return [label, ...inputs.map((input) => `${input.tagName} ${input.name ?? ""} ${input.type ?? ""} ${input.matches("option, [type=radio], [type=checkbox]") ? input.value : ""}`)].join("\n");
}

function isGroup(element) {
  return element.matches("#page-fields, .fieldset, .table-field__row, .table-field__fixed, .field-row");
}

/** Make the children of `old` those of `fresh`, keeping every element that is the same in both. */
function reconcile(old, fresh) {
  for (const hidden of fresh.querySelectorAll(":scope > input[type=hidden]")) {
    const mine = [...old.querySelectorAll(":scope > input[type=hidden]")].find((input) => input.name === hidden.name);
    if (mine) mine.value = hidden.value;
  }
  const left = new Map(inner(old).map((child) => [key(child), child]));
  let after = null;
  for (const child of inner(fresh)) {
    const mine = left.get(key(child));
    left.delete(key(child));
    after = placed(old, mine ? merged(mine, child) : child, after);
  }
  for (const gone of left.values()) gone.remove();
}

/** The element that shall stand for `child`: the one that is there if it can stay. */
function merged(mine, child) {
  if (isGroup(mine) && isGroup(child)) {
    reconcile(mine, child);
    return mine;
  }
  const stays = outline(mine) === outline(child);
  if (stays && child.dataset.calculated !== undefined) renew(mine, child);
  if (!stays) mine.replaceWith(child);
  return stays ? mine : child;
}

/** A calculated value changes in its place, so that it does not flicker and a screen reader says it once. */
function renew(mine, child) {
  const [old, now] = [mine, child].map((one) => one.querySelector("output"));
  if (old && now && old.textContent !== now.textContent) old.textContent = now.textContent;
}

function placed(parent, element, after) {
  if (!after) {
    const first = inner(parent)[0];
    if (first && first !== element) first.before(element);
    else if (!first) parent.append(element);
  } else if (after.nextElementSibling !== element) {
    after.after(element);
  }
  return element;
}

async function redraw(extra) {
  const turn = ++asked;
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  const response = await fetch(form.action || location.href, { method: "POST", body: data, headers: { "HX-Request": "true" } });
  if (!response.ok || response.redirected) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return turn === asked ? fieldsOf(page) : null;
}

function tell(changed) {
  const news = form.querySelector("[data-news]");
  news.textContent = changed ? news.dataset.text : "";
}

async function refresh() {
  const page = form;
  page.ariaBusy = "true";
  const fresh = await redraw({ _refresh: "1" }).catch(() => null); // without a connection the page stays as it is
  if (fresh) show(fresh);
  page.ariaBusy = null;
}

/** The control that stands where this one stood before its question was drawn anew. */
function successor(control) {
  const isLike = (one) => one.name === control.name && one.type === control.type && (!control.matches("[type=radio], [type=checkbox]") || one.value === control.value);
  return control.isConnected ? control : [...form.elements].find(isLike);
}

function show(fresh) {
  const names = () => fieldsOf(form).querySelector("[name=_seen]").value;
  const [before, cursor] = [names(), document.activeElement];
  reconcile(fieldsOf(form), fresh);
  if (document.activeElement !== cursor) successor(cursor)?.focus({ preventScroll: true });
  tell(before !== names());
}

/** Where the cursor goes after a row was moved: to the same button in the row's new place. */
function moved(button, rows) {
  const step = { _up: -1, _down: 1 }[button.name];
  const place = Number(button.value.split("/").pop()) + step;
  return step && rows[Math.min(Math.max(place, 0), rows.length - 1)]?.querySelector(`:scope > .table-field__remove [name=${button.name}]`);
}

/** Adding, removing or moving a row renumbers the others: the whole table is drawn anew. After a row was added or removed
    the cursor goes to the last one. */
async function press(button, table) {
  const fresh = await redraw({ [button.name]: button.value });
  const drawn = fresh && [...fresh.querySelectorAll(".table-field")].find((one) => one.id === table.id);
  if (!drawn) return;
  table.replaceWith(drawn);
  const rows = drawn.querySelectorAll(":scope > .table-field__row");
  (moved(button, rows) || rows[rows.length - 1]?.querySelector("input, select, textarea") || drawn).focus();
}

document.addEventListener("input", (event) => {
  if (!form?.contains(event.target) || !event.target.matches("input[data-controls]:not([type=radio], [type=checkbox])")) return;
  clearTimeout(waiting);
  waiting = setTimeout(refresh, PAUSE);
});

document.addEventListener("change", (event) => {
  if (!form?.contains(event.target) || !event.target.matches("[data-controls]")) return;
  clearTimeout(waiting);
  refresh();
});

document.addEventListener("submit", () => clearTimeout(waiting));

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=_add], button[name=_remove], button[name=_up], button[name=_down]");
  const table = button?.closest(".table-field");
  if (!form?.contains(button) || !table || table.querySelector("input[type=file]")) return;
  event.preventDefault();
  press(button, table);
});
