/* Keystrokes: what is typed into a setting is kept while it is typed, one request at a time, the newest text next. All that
   is typed while one stays there is one step for undoing. What is refused is said on leaving the setting, not before. */
const editor = document.querySelector("[data-editor]");
const FORMS = "form[data-at-once], form[data-typed]";
const TYPED = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [data-insert])";
const waiting = new Set();
let sending = null;

const formOf = (control) => (control.matches(TYPED) ? control.closest(FORMS) : null);
const newTyping = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

editor?.addEventListener("focusin", ({ target }) => {
  const form = formOf(target);
  if (form) form.dataset.typing = newTyping();
});

/* Text that an input method is still composing is nobody's yet; neither is a day of which a part is missing. */
editor?.addEventListener("input", (event) => event.isComposing || keep(event.target));
editor?.addEventListener("compositionend", (event) => keep(event.target));

function keep(control) {
  const form = formOf(control);
  if (!form) return;
  delete form.dataset.kept;
  if (control.type === "date") return;
  waiting.add(form);
  sending ??= sendAll().finally(() => (sending = null));
}

async function sendAll() {
  for (const form of waiting) {
    waiting.delete(form);
    await send(form);
  }
}

async function send(form) {
  const body = new FormData(form);
  body.set("midway", "1");
  body.set("typing", form.dataset.typing ?? "");
  say("sending", form, { body });
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
  const { serial, was, saved } = answer?.ok ? await answer.json() : { serial: null };
  if (serial === null) return say("unkept", form, { until: null }).until; // said on leaving, when it is sent again
  form.querySelectorAll("[name=was]").forEach((seen, place) => (seen.value = was[place]));
  const company = document.getElementById("company"); // which asks every few seconds whether anybody else has edited
  if (serial <= Number(company.dataset.serial) + 1) company.dataset.serial = serial;
  document.getElementById("undo").disabled = false;
  document.getElementById("saved").textContent = saved;
  if (waiting.has(form)) return;
  form.dataset.kept = "yes";
  for (const control of form.querySelectorAll(TYPED)) control.defaultValue = control.value;
  say("kept", form, {});
}

/** Tell the other scripts, and hear what they add to the details. */
function say(name, form, detail) {
  form.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  return detail;
}

editor?.addEventListener("change", async ({ target }) => {
  const form = formOf(target);
  if (!form?.matches("[data-at-once]")) return;
  await sending;
  editor.dispatchEvent(new CustomEvent("left", { detail: { form, isKept: Boolean(form.dataset.kept) } }));
});

/* Whatever else is asked comes after what is being kept, and knows of it. */
document.addEventListener("htmx:confirm", (event) => {
  const { elt, issueRequest } = event.detail;
  if (!sending || !elt.closest("[data-editor]")) return;
  event.preventDefault();
  sending.then(() => issueRequest(true));
});

document.addEventListener("htmx:configRequest", (event) => {
  const { elt } = event.detail;
  if (elt.id === "company") event.detail.path = event.detail.path.replace(/serial=\d+/, `serial=${elt.dataset.serial}`);
});

/* What was typed before this script was there counts like what is typed now; a browser that restores what stood in a control
   leaves these alone. */
const here = formOf(document.activeElement ?? document.body);
if (here) here.dataset.typing = newTyping();
for (const control of editor?.querySelectorAll(TYPED) ?? []) {
  if (!formOf(control) || control.autocomplete !== "off" || control.value === control.defaultValue) continue;
  keep(control);
  if (control !== document.activeElement) control.dispatchEvent(new Event("change", { bubbles: true }));
}
