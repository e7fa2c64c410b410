/* Search in the head: "/" opens it, arrows choose among the suggestions, Enter goes, Escape leaves.
   Without JavaScript it is a form. */
"use strict";

const TYPING = "input, textarea, select, [contenteditable]";

function options(field) {
  const list = document.getElementById(field.dataset.search);
  return list ? [...list.querySelectorAll("[role='option']")] : [];
}

function choose(field, option) {
  for (const one of options(field)) one.setAttribute("aria-selected", String(one === option));
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function show(field, open) {
  const list = document.getElementById(field.dataset.search);
  if (!list) return;
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  if (!open) choose(field, null);
}

function say(field) {
  const many = options(field).length;
  const told = field.form.querySelector("[role='status']");
  if (told) told.textContent = many === 1 ? "1 suggestion" : `${many} suggestions`;
}

function move(field, step) {
  const all = options(field);
  if (!all.length) return;
  const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step;
  show(field, true);
  choose(field, all[next] || null);
}

function leave(field) {
  if (field.getAttribute("aria-expanded") === "true") {
    show(field, false);
  } else {
    field.value = "";
    const back = field.before === document.body ? null : field.before;
    (back || document.getElementById("main")).focus();
  }
}

function keyed(field, event) {
  const chosen = options(field).find((one) => one.getAttribute("aria-selected") === "true");
  if (event.isComposing) return;
  if (event.key === "ArrowDown") move(field, 1);
  else if (event.key === "ArrowUp") move(field, -1);
  else if (event.key === "Escape") leave(field);
  else if (event.key === "Enter" && chosen) chosen.click();
  else return;
  event.preventDefault();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[data-search='suggestions']")) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", field.dataset.search);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("keydown", (event) => keyed(field, event));
    field.form.addEventListener("focusout", (event) => {
      if (!field.form.contains(event.relatedTarget)) show(field, false);
    });
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const field = event.detail.requestConfig?.elt;
  if (!field?.matches?.("[data-search]")) return;
  show(field, document.activeElement === field && options(field).length > 0);
  say(field);
});

/* "/" opens the search, unless somebody is typing or holds another key. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(TYPING)) return;
  const seen = [...document.querySelectorAll("[data-search]")].find((one) => one.checkVisibility());
  if (!seen) {
    document.querySelector(".search-way")?.click();
  } else {
    seen.before = document.activeElement;
    seen.focus();
    seen.select();
  }
  event.preventDefault();
});
