/* Unfinished texts: what is typed or chosen where it is no edit yet – the name of a field that is still to be added, half a
   formula, the view for experts – is kept with the draft, and stands there again when its builder comes back. What was seen
   when it was typed comes back with it, so nothing that others have changed since is overwritten unseen. */
const editor = document.querySelector("[data-editor]");
const kept = new Map(Object.entries(JSON.parse(document.getElementById("unfinished")?.textContent ?? "{}")));
const CONTROLS = "textarea, select, input:not([type=hidden], [type=file], [type=password], [data-insert])";
const waiting = new Map();
let sending = null;
let restored = 0;

const isTicked = (control) => control.matches("[type=checkbox], [type=radio]");
const isOwn = (control) => control.matches(CONTROLS) && control.name && !control.name.startsWith("trial__") && control.id !== "new-language";
const isSentAtOnce = (control) => control.closest("form[data-at-once], form[data-typed], form[data-go]");
const controlsOf = (form) => [...form.elements].filter(isOwn);

/** Where a control stands: what the panel is about, what is around it, and which of those of its name it is. */
function placeOf(control) {
  const subject = document.getElementById("properties")?.dataset.subject ?? new URLSearchParams(location.search).get("tab") ?? "";
  const around = control.closest("[id]");
  const alike = around === control ? [control] : [...around.querySelectorAll("[name]")].filter((one) => one.name === control.name);
  return [subject, around.id, control.name, alike.indexOf(control)].join("|").slice(0, 300);
}

function isChanged(control) {
  if (isTicked(control)) return control.checked !== control.defaultChecked;
  if (!control.matches("select")) return control.value !== control.defaultValue;
  const usual = [...control.options].findIndex((option) => option.defaultSelected);
  return control.selectedIndex !== Math.max(usual, 0);
}

const seenOf = (form) => [...form.querySelectorAll("[name=was], [name=serial]")];
const said = (control) => (isTicked(control) ? String(control.checked) : control.value);
const stands = (control) => JSON.stringify({ text: said(control), seen: control.form ? seenOf(control.form).map((one) => one.value) : [] });

function keep(control) {
  const place = placeOf(control);
  if (isChanged(control)) return put(place, stands(control));
  return kept.has(place) && put(place, null);
}

function put(place, text) {
  if (text === null) kept.delete(place);
  else kept.set(place, text);
  waiting.set(place, text);
  return (sending ??= sendAll().finally(() => (sending = null)));
}

async function sendAll() {
  for (const [place, text] of waiting) {
    waiting.delete(place);
    await send(place, text);
  }
}

function send(place, text) {
  const body = new FormData();
  body.set("place", place);
  if (text !== null) body.set("text", text);
  const headers = { ...JSON.parse(editor.getAttribute("hx-headers")), "HX-Request": "true" };
  return fetch(editor.dataset.unfinished, { method: "POST", body, headers, keepalive: text === null }).catch(() => null);
}

function restore() {
  const before = restored;
  for (const control of editor.querySelectorAll(CONTROLS)) if (isOwn(control) && kept.size) restoreOne(control);
  if (restored > before) document.dispatchEvent(new CustomEvent("told", { detail: { value: editor.dataset.restored, isShown: true } }));
}

function restoreOne(control) {
  const place = placeOf(control);
  if (!kept.has(place) || isChanged(control) || control === document.activeElement) return;
  const { text, seen } = JSON.parse(kept.get(place));
  const isGone = control.matches("select") && ![...control.options].some((option) => option.value === text);
  if (!isGone && text === said(control) && document.getElementById("said")) return; // refused, and shown as it was typed
  if (isGone || text === said(control)) return put(place, null);
  if (isTicked(control)) control.checked = text === "true";
  else control.value = text;
  if (control.form) seenOf(control.form).forEach((one, number) => (one.value = seen[number] ?? one.value));
  for (let around = control.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  restored += 1;
}

const keptOf = (form) => controlsOf(form).map(placeOf).filter((place) => kept.has(place));

function finish(form) {
  for (const place of keptOf(form)) put(place, null);
}

editor?.addEventListener("input", ({ target, isComposing }) => isComposing || (isOwn(target) && !isSentAtOnce(target) && keep(target)));
editor?.addEventListener("compositionend", ({ target }) => isOwn(target) && !isSentAtOnce(target) && keep(target));
/* Settings are kept by keystrokes.js; what of them is no edit as it stands is unfinished, until a later keystroke is one: that
   says itself what is finished with it, so that whatever dies between the two leaves no older text behind. */
editor?.addEventListener("unkept", ({ target, detail }) => (detail.until = Promise.all(controlsOf(target).map(keep))));
editor?.addEventListener("sending", ({ target, detail }) => keptOf(target).forEach((place) => detail.body.append("finished", place)));
editor?.addEventListener("kept", ({ target }) => keptOf(target).forEach((place) => kept.delete(place)));

document.addEventListener("htmx:beforeRequest", ({ target, detail }) => {
  const form = target.closest?.("[data-editor] form");
  if (!form || detail.elt !== form) return;
  const sent = keptOf(form).map((place) => [place, kept.get(place)]);
  for (const [place] of sent) kept.delete(place); // the answer draws the form anew, and finds nothing to restore
  detail.xhr.addEventListener("loadend", () => sent.forEach(([place, text]) => (detail.xhr.status === 200 ? put(place, null) : kept.set(place, text))));
});
editor?.addEventListener("submit", ({ target }) => !target.hasAttribute("hx-post") && !target.matches("[data-go], [data-at-once]") && finish(target));
document.body.addEventListener("edited", restore);
restore();
