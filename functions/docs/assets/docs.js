"use strict";

// The theme that the reader chose outlasts the visit; without a choice the system's holds.
const root = document.documentElement;
const chosen = localStorage.getItem("dangol-docs-theme");
if (chosen) root.dataset.theme = chosen;
document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("dangol-docs-theme", root.dataset.theme);
});

// The search hides what does not hold every word that was typed.
const search = document.getElementById("search");
const entries = [...document.querySelectorAll("[data-find]")];
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const e of entries) e.hidden = !words.every((w) => e.dataset.find.includes(w));
  for (const g of document.querySelectorAll("[data-group]")) g.hidden = !g.querySelector("[data-find]:not([hidden])");
  document.getElementById("nomatch").hidden = entries.some((e) => !e.hidden);
});
search.addEventListener("keydown", (e) => {
  if (e.key === "Enter") entries.find((x) => !x.hidden)?.querySelector("a")?.click();
});
document.addEventListener("keydown", (e) => {
  if (e.key === "/" && document.activeElement !== search) {
    e.preventDefault();
    search.focus();
  }
});

for (const b of document.querySelectorAll(".copy")) {
  b.addEventListener("click", async () => {
    await navigator.clipboard.writeText(b.closest("figure").querySelector("code").textContent);
    const was = b.textContent;
    b.textContent = document.body.dataset.copied;
    setTimeout(() => { b.textContent = was; }, 1500);
  });
}
