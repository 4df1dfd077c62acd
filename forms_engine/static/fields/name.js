/* Asks the server whether a name can be printed; where it cannot, says so and opens the field for other characters. */
const NAMES = /\/(?:family_name|given_name|name)$/;

async function ask(substitute, text) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ text });
  const response = await fetch(substitute.dataset.url, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (!response.ok) return;
  const { unprintable } = await response.json();
  const said = substitute.querySelector("[data-said]");
  if (unprintable.length) substitute.open = true;
  said.textContent = unprintable.length ? `△${substitute.dataset.text.replace("{characters}", unprintable.join("、"))}` : "";
}

document.addEventListener("change", (event) => {
  if (!NAMES.test(event.target.name ?? "")) return;
  const group = event.target.closest("fieldset");
  const substitute = group?.querySelector("[data-substitute]");
  if (!substitute) return;
  const names = [...group.querySelectorAll("input")].filter((input) => NAMES.test(input.name));
  ask(substitute, names.map((input) => input.value).join(" ")).catch(() => {});
});
