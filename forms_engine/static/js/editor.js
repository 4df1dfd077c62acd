/* The editor: what is set is kept at once, only what changed is drawn again, the preview follows and can be clicked, fields
   are dragged and moved by Alt and the arrows. Without this script every setting has its button, and so has every move. */
const editor = document.querySelector("[data-editor]");
document.documentElement.classList.add("scripted");

/* --- Drawing again only what changed. An element stays as it is while the server says the same of it, and while somebody
   types in it; what was typed elsewhere meanwhile is never lost. --- */
const served = new WeakMap();
const token = /(name="csrfmiddlewaretoken" value=")[^"]*/g;
const text = (element) => element.outerHTML.replace(token, "$1");
let sent = null;
let drawings = 0;
let isSameSubject = true;
let kept = Promise.resolve();

function remember(element) {
  served.set(element, text(element));
  if (element.dataset.morph !== undefined) for (const child of element.children) remember(child);
}

const TYPED = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])";
const isDirty = (control) => control.matches(TYPED) && control.value !== control.defaultValue;

function isBusy(element) {
  if (sent && element.contains(sent)) return false;
  if (document.activeElement.matches(TYPED) && element.contains(document.activeElement)) return true;
  return [...element.querySelectorAll("input, textarea")].some(isDirty);
}

function adopt(element) {
  htmx.process(element);
  remember(element);
}

function morph(old, fresh) {
  if (served.get(old) === text(fresh)) return;
  const areLists = old.dataset.morph !== undefined && fresh.dataset.morph !== undefined && old.tagName === fresh.tagName;
  if (areLists) {
    const now = text(fresh);
    for (const { name, value } of [...fresh.attributes]) old.setAttribute(name, value);
    morphChildren(old, fresh);
    served.set(old, now);
  } else if (old.id === "preview") {
    turnPreview(old, fresh);
  } else if (!isBusy(old) || !fresh.id) {
    keepOpen(old, fresh);
    old.replaceWith(fresh);
    adopt(fresh);
  }
}

/** What is open stays open while the panel is about the same thing; a comparison closes once it is decided. */
function keepOpen(old, fresh) {
  if (!isSameSubject) return;
  for (const open of [old, ...old.querySelectorAll("details[open]")]) {
    if (open.matches(".asked") && sent && open.contains(sent)) continue;
    const same = open.id && open.matches("details[open]") && (fresh.id === open.id ? fresh : fresh.querySelector(`#${CSS.escape(open.id)}`));
    if (same) same.open = true;
  }
}

function morphChildren(old, fresh) {
  const left = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  for (const child of [...old.children]) if (!child.id) child.remove();
  let after = null;
  for (const child of [...fresh.children]) {
    const mine = left.get(child.id);
    left.delete(child.id);
    if (mine) morph(mine, child);
    const standing = mine ? (mine.isConnected ? mine : child) : child;
    const next = after ? after.nextElementSibling : old.firstElementChild;
    if (next !== standing) after ? after.after(standing) : old.prepend(standing);
    if (!mine) adopt(standing);
    after = standing;
  }
  for (const gone of left.values()) gone.remove();
}


const subject = (root) => root.querySelector("#properties")?.dataset.subject;

function draw(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.id;
  const { scrollX, scrollY } = window;
  isSameSubject = subject(editor) === subject(page);
  morphChildren(editor, page.body);
  sent = null;
  drawings += 1;
  dress();
  window.scrollTo(scrollX, scrollY);
  refocus(focused);
  document.body.dispatchEvent(new Event("edited"));
}

/** The keyboard stays where it was; where that is gone, it goes to what the page is about now. */
function refocus(id) {
  const said = document.getElementById("said");
  if (said) return said.focus();
  if (document.activeElement && document.activeElement !== document.body) return;
  const same = id && document.getElementById(id);
  (same && !same.disabled ? same : document.getElementById("properties-title") ?? document.querySelector("h1"))?.focus({ preventScroll: Boolean(same) });
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (xhr.status === 401) {
    event.detail.shouldSwap = false;
    return signedOut(xhr.responseText);
  }
  if (target !== editor) return;
  event.detail.shouldSwap = false;
  event.detail.isError = ![200, 422].includes(xhr.status);
  receive(xhr.status, xhr.responseText, xhr.getResponseHeader("HX-Push-Url"));
});

/** The answer to an edit: the panes, with what came of it. */
function receive(status, html, place) {
  if (status === 401) return signedOut(html);
  if (status !== 200 && status !== 422) return tell(editor.dataset.lost, true);
  if (status === 200 && sent?.matches("form:not([data-at-once], [data-typed])")) sent.reset(); // put in: the next one may be typed
  draw(html);
  if (place && place !== location.pathname + location.search) history.pushState(null, "", place);
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.closest("[data-editor]") || event.detail.target !== editor) return;
  sent = event.detail.elt;
  kept = new Promise((resolve) => event.detail.xhr.addEventListener("loadend", () => setTimeout(resolve)));
});

document.addEventListener("htmx:sendError", () => tell(editor.dataset.lost, true));
document.addEventListener("told", ({ detail }) => tell(detail.value ?? detail, false, detail.isShown));

function tell(words, isTrouble = false, isShown = isTrouble) {
  const place = document.getElementById("told");
  place.textContent = words;
  place.classList.toggle("visually-hidden", !isShown);
  place.classList.toggle("editor__news", isShown && !isTrouble);
  place.classList.toggle("field__error", isTrouble);
}

function signedOut(html) {
  const place = document.getElementById("signed-out");
  place.innerHTML = html;
  document.getElementById("signed-out-notice").focus();
}

/* --- Going to another place in the editor without loading the page anew. --- */
async function go(address, push = true) {
  await kept; // what is being saved would otherwise be answered with the place that was left
  const before = drawings;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (answer.status !== 200 || answer.redirected) return location.assign(address);
  const html = await answer.text();
  if (push) history.pushState(null, "", address);
  else if (drawings !== before) return; // what was drawn meanwhile is newer
  draw(html);
}

editor?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='?'], #problems a");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || link.pathname !== location.pathname) return;
  event.preventDefault();
  const isNarrow = matchMedia("(max-width: 48rem)").matches;
  go(link.href).then(() => {
    if (isNarrow || link.closest("#problems")) document.getElementById("properties-title")?.focus();
    if (isNarrow) document.getElementById("properties-title")?.scrollIntoView();
  });
});
/* Forms that only ask for another place: the next part of a condition, a column. */
editor?.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-go]");
  if (!form) return;
  event.preventDefault();
  go(`?${new URLSearchParams(new FormData(form))}`);
});
addEventListener("popstate", () => go(location.href, false));

/* Somebody else has edited: what they changed is drawn, what is being typed here stays. */
document.addEventListener("edited-elsewhere", async (event) => {
  await go(location.href, false);
  if (event.detail.words) tell(event.detail.words, false, true);
});

/* --- Settings are sent when they are left, not by a button; text is kept while it is typed (keystrokes.js). --- */
editor?.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (form && !event.target.matches(TYPED)) form.requestSubmit();
});

editor?.addEventListener("left", ({ detail: { form, isKept } }) => {
  if (isKept) redraw(form);
  else send(form);
});

/** What was kept since is not what was served. */
editor?.addEventListener("kept", ({ target }) => {
  for (let element = target; element !== editor; element = element.parentElement) served.delete(element);
});

async function redraw(form) {
  await kept;
  sent = form;
  await go(location.href, false);
}

/** Not by htmx, which would send along the button to which the keyboard has gone meanwhile. */
function send(form) {
  const body = new FormData(form);
  body.set("typing", form.dataset.typing ?? "");
  kept = fetch(form.getAttribute("action"), { method: "POST", body, headers: { "HX-Request": "true" } })
    .then(async (answer) => {
      const html = await answer.text();
      sent = form;
      receive(answer.status, html, answer.headers.get("HX-Push-Url"));
      const told = answer.headers.get("HX-Trigger");
      if (told) tell(JSON.parse(told).told);
    })
    .catch(() => tell(editor.dataset.lost, true));
}

/* --- The preview. --- */
const preview = () => document.getElementById("preview");
const answers = new Map();

function source(frame) {
  const address = new URL(frame.getAttribute("data-src") ?? frame.src, location.href);
  const language = sessionStorage.getItem("kakanai-language") ?? "ja";
  address.searchParams.set("language", language);
  return address.href;
}

function turnPreview(old, fresh) {
  served.set(old, text(fresh));
  old.title = fresh.title;
  old.dataset.src = fresh.getAttribute("src");
  keepAnswers(old);
  old.src = source(old);
}

function keepAnswers(frame) {
  const form = frame.contentDocument?.querySelector("form[data-page]");
  if (!form) return;
  for (const control of form.elements)
    if (control.name && !control.name.startsWith("csrf") && !control.name.startsWith("_") && control.type !== "file")
      answers.set(`${control.name}\n${["radio", "checkbox"].includes(control.type) ? control.value : ""}`, ["radio", "checkbox"].includes(control.type) ? control.checked : control.value);
}

/** The answers that were tried before the page changed are given again; one that decides about others is told of. */
function giveAnswers(page) {
  for (const control of page.querySelectorAll("form[data-page] [name]")) {
    const isChosen = ["radio", "checkbox"].includes(control.type);
    const kept = answers.get(`${control.name}\n${isChosen ? control.value : ""}`);
    if (kept === undefined || control.type === "hidden" || control.type === "file") continue;
    const differs = isChosen ? control.checked !== kept : control.value !== kept;
    if (isChosen) control.checked = kept;
    else control.value = kept;
    if (differs && control.matches("[data-controls]")) control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const watched = new WeakSet();

function onPreview(frame) {
  const page = frame.contentDocument;
  if (!page || watched.has(page)) return;
  watched.add(page);
  giveAnswers(page);
  mark(page);
  page.addEventListener("click", (click) => {
    const field = [...page.querySelectorAll("#page-fields > [data-field], #page-fields > .field-row > [data-field]")].find((one) => one.contains(click.target));
    if (!field || new URL(location.href).searchParams.get("field") === field.dataset.field) return;
    const [kind, key] = field.dataset.field.startsWith("~content/") ? ["content", field.dataset.field.slice(9)] : ["field", field.dataset.field.replace(/^\//, "")];
    go(`?${new URLSearchParams({ [kind]: key.split("/")[0] })}`);
  });
}

function mark(page) {
  const field = new URL(location.href).searchParams.get("field");
  page.querySelectorAll(".preview__selected").forEach((one) => one.classList.remove("preview__selected"));
  const shown = field && [...page.querySelectorAll("[data-field]")].find((one) => [field, `/${field}`].includes(one.dataset.field));
  shown?.classList.add("preview__selected");
  shown?.scrollIntoView({ block: "nearest" });
}

function dress() {
  const frame = preview();
  if (frame && !frame.dataset.watched) {
    frame.dataset.watched = "yes";
    frame.addEventListener("load", () => onPreview(frame));
    if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank") onPreview(frame);
    if (sessionStorage.getItem("kakanai-language")) frame.src = source(frame);
  } else if (frame?.contentDocument) mark(frame.contentDocument);
  widen(sessionStorage.getItem("kakanai-width") ?? "full");
  const languages = document.querySelector("[data-language]");
  if (languages) languages.value = sessionStorage.getItem("kakanai-language") ?? "ja";
  document.querySelectorAll("[data-formula]").forEach((formula) => formula.dataset.tried || tryOut(formula));
}

function widen(width) {
  preview()?.classList.toggle("stage__page--phone", width === "phone");
  document.querySelectorAll("[data-width]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.width === width));
}

editor?.addEventListener("click", (event) => {
  const width = event.target.closest("[data-width]")?.dataset.width;
  if (!width) return;
  sessionStorage.setItem("kakanai-width", width);
  widen(width);
});

editor?.addEventListener("change", (event) => {
  if (!event.target.matches("[data-language]")) return;
  sessionStorage.setItem("kakanai-language", event.target.value);
  preview().src = source(preview());
});

/* --- Formulas: tried as they are typed. --- */
let waiting = 0;

async function tryOut(formula) {
  formula.dataset.tried = "yes";
  const form = formula.closest("form");
  const data = new FormData(form);
  const answer = await fetch(formula.dataset.formula, { method: "POST", body: data, headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const focused = document.activeElement?.id;
  form.querySelector("[data-trial]").innerHTML = await answer.text();
  if (focused?.startsWith("trial__")) document.getElementById(focused)?.focus();
}

editor?.addEventListener("input", (event) => {
  const formula = event.target.closest("form")?.querySelector("[data-formula]");
  if (!formula || event.target.matches("[data-insert]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => tryOut(formula), 350);
});

editor?.addEventListener("change", (event) => {
  const target = event.target.dataset.insert && document.getElementById(event.target.dataset.insert);
  if (!target || !event.target.value) return;
  target.setRangeText(event.target.value, target.selectionStart, target.selectionEnd, "end");
  event.target.value = "";
  target.focus();
  target.dispatchEvent(new InputEvent("input", { bubbles: true }));
  tryOut(target);
});

/* --- The definition: from a finding to its line. --- */
editor?.addEventListener("click", (event) => {
  const line = Number(event.target.closest("[data-line]")?.dataset.line);
  if (!line) return;
  const area = document.getElementById("source");
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + lines[line - 1].length);
  area.scrollTop = (line - 5) * (area.scrollHeight / lines.length);
});

/* --- Moving: Alt and the arrows, or dragging. --- */
editor?.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const row = event.target.closest("[data-entry]");
  if (!row) return;
  event.preventDefault();
  row.querySelector(`[name=move][value^=${event.key === "ArrowUp" ? "up" : "down"}]`).click();
});

/** A command that belongs to no form of its own, sent from where the builder is. */
function command(values) {
  const place = [...document.getElementById("moves").elements].filter((one) => one.name.startsWith("at_"));
  const here = Object.fromEntries(place.map((one) => [one.name, one.value]));
  htmx.ajax("POST", `${editor.dataset.address}edits/`, { source: editor, target: "#editor", values: { ...here, ...values } });
}

editor?.addEventListener("click", (event) => {
  const button = event.target.closest("[form=moves]"); // htmx does not hear of buttons that stand outside of their form
  if (!button) return;
  event.preventDefault();
  command({ [button.name]: button.value });
});

let dragged = null;
editor?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-entry]");
  if (dragged) event.dataTransfer.effectAllowed = "move";
});
editor?.addEventListener("dragover", (event) => {
  if (!dragged || !event.target.closest("[data-sortable]")) return;
  event.preventDefault();
  editor.querySelectorAll(".structure__field--over").forEach((row) => row.classList.remove("structure__field--over"));
  event.target.closest("[data-entry]")?.classList.add("structure__field--over");
});
editor?.addEventListener("dragend", () => {
  dragged = null;
  editor.querySelectorAll(".structure__field--over").forEach((row) => row.classList.remove("structure__field--over"));
});
editor?.addEventListener("drop", (event) => {
  const list = event.target.closest("[data-sortable]");
  if (!dragged || !list) return;
  event.preventDefault();
  const others = [...list.querySelectorAll(":scope > [data-entry]")].filter((row) => row !== dragged);
  const below = others.findIndex((row) => event.clientY < row.getBoundingClientRect().top + row.offsetHeight / 2);
  const at = below < 0 ? others.length : below;
  const [kind, key] = dragged.dataset.entry.split(":");
  const [into, branch] = list.dataset.sortable.split(".");
  const target = kind === "step" ? { into, branch } : { page: list.dataset.sortable };
  if (!dragged.contains(list)) command({ do: `move_${kind}`, [kind]: key, ...target, at });
});

if (editor) {
  for (const child of editor.children) remember(child);
  dress();
}
