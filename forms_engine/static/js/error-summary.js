/* The summary of errors takes focus when the page opens, and its links put the cursor into the control they name. */
function attend() {
  const summary = document.querySelector(".error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
}

attend();
document.addEventListener("turned", attend);

document.addEventListener("click", (event) => {
  const link = event.target.closest('.error-summary a[href^="#"]');
  const control = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!control) return;
  event.preventDefault();
  control.scrollIntoView({ block: "center" });
  control.focus();
});
