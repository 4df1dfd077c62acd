/* On a case: a digit chooses what is to be done, f goes to what staff fill in; where a correction was chosen, j and k walk
   the answers that can be remarked on. */
const typing = (element) => element.closest('input:not([type="checkbox"], [type="radio"]), textarea, select');
const outcomes = [...document.querySelectorAll('#decision [name="outcome"]')];
const fields = document.querySelector(".decision__fields");

function choose(number) {
  const outcome = outcomes[number - 1];
  if (!outcome) return false;
  outcome.focus();
  if (!outcome.checked) outcome.click();
  return true;
}

function walk(step) {
  const remarks = [...document.querySelectorAll(".remark > summary")].filter((each) => each.checkVisibility());
  if (!remarks.length) return false;
  const here = remarks.indexOf(document.activeElement);
  remarks[here < 0 ? 0 : Math.min(remarks.length - 1, Math.max(0, here + step))].focus();
  return true;
}

function fill() {
  const first = fields?.querySelector('input:not([type="hidden"]), select, textarea');
  first?.focus();
  return Boolean(first);
}

const keys = { j: () => walk(1), k: () => walk(-1), f: fill };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.documentElement.dataset.keys === "off") return;
  const did = /^[1-9]$/.test(event.key) ? choose(Number(event.key)) : Object.hasOwn(keys, event.key) && keys[event.key]();
  if (did) event.preventDefault();
});
