/* A button with data-print prints the page. Without script it stays hidden. */
function offer() {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
}

offer();
document.addEventListener("turned", offer);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
