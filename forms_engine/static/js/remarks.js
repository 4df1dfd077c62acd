/* Beside the answers: a remark typed chooses 補正 for the person, and the decision's form says how many remarks there are. */
const remarks = [...document.querySelectorAll(".remark textarea")];
const counter = document.querySelector("[data-remark-count]");

function count() {
  const written = remarks.filter((remark) => remark.value.trim()).length;
  if (counter) counter.textContent = written;
  return written;
}

for (const remark of remarks) {
  remark.addEventListener("input", () => {
    const correction = document.querySelector('input[name="outcome"][value="correction"]');
    if (count() && correction) correction.checked = true;
  });
}
count();
