/* Shows a date in both calendars while it is typed; the server says it again, and decides. */
const YEAR_ZERO = { 西暦: 0, 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911, 明治: 1867 };
const japanese = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { era: "long", year: "numeric", month: "long", day: "numeric" });

const isEnglish = document.documentElement.lang === "en";

const half = (text) => text.normalize("NFKC").trim();

function dayOf(boxes) {
  const value = (part) => half(boxes.querySelector(`[name$="~${part}"]`).value);
  const era = boxes.querySelector('[name$="~era"]').value;
  const year = value("year") === "元" ? 1 : Number(value("year"));
  const [month, day] = [Number(value("month")), Number(value("day"))];
  const found = new Date(YEAR_ZERO[era] + year, month - 1, day);
  const exists = year > 0 && found.getMonth() === month - 1 && found.getDate() === day && found.getFullYear() >= 1873;
  return exists ? found : null;
}

function said(day) {
  const two = (number) => String(number).padStart(2, "0");
  if (isEnglish) return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())} (${japanese.format(day)})`;
  return `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日（${japanese.format(day)}）`;
}

document.addEventListener("input", (event) => {
  const boxes = event.target.closest("[data-date]");
  if (!boxes) return;
  const day = dayOf(boxes);
  boxes.querySelector("[data-both]").textContent = day ? said(day) : "";
});
