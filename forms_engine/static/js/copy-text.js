/* A button with data-copy copies the text of the element it names and says so. Without script it stays hidden. */
function offer() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}

offer();
document.addEventListener("turned", offer);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  button.querySelector("[role=status]").textContent = button.dataset.copied;
});
