/* Keys of the approver desk. Ctrl+Enter sends what stands in front of one, b goes back to the list. Keys of one character
   can be turned off by who dictates or slips (WCAG 2.1.4); this browser remembers it, and other scripts see it at <html>. */
const KEPT = "one-character-keys";
const box = document.querySelector(".keys input");

function turn(on) {
  document.documentElement.dataset.keys = on ? "on" : "off";
  if (box) box.checked = on;
}

/** The button of the form that the focus is in, else the main one of the page. A link keeps its new tab, unless something
    was chosen in the list that it stands in; without a choice a list sends nothing. */
function sender(element) {
  const main = document.querySelector("main [data-send]");
  const form = element.form ?? main?.form;
  const button = form?.querySelector("[data-send]") ?? form?.querySelector('[type="submit"]');
  const isChosen = button?.matches("[data-list]") && button.form.querySelector(":checked");
  return (element.matches("a, button") || button?.matches("[data-list]")) && !isChosen ? null : button;
}

function send(event) {
  const button = event.repeat ? null : sender(event.target);
  if (!button) return;
  event.preventDefault();
  button.form.requestSubmit(button);
}

document.addEventListener("keydown", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.altKey);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
  if (!plain || event.key !== "b" || document.documentElement.dataset.keys === "off") return;
  if (event.target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select')) return;
  document.querySelector("[data-back]")?.click();
});

turn(localStorage.getItem(KEPT) !== "off");
for (const hint of document.querySelectorAll("body [data-keys]")) hint.hidden = false;
box?.addEventListener("change", () => {
  turn(box.checked);
  localStorage.setItem(KEPT, box.checked ? "on" : "off");
});
