/* What the pages gain with JavaScript; without it everything still works.
   Focus follows what was swapped in, a form is sent once, Escape leaves an inline form. */
"use strict";

const PROBLEM = ".error-summary, .note.alert[tabindex], [aria-invalid='true']";
const START = "[autofocus], [data-focus], h1, h2, h3";

function focusOn(element) {
  if (!element) return;
  if (!element.matches("a, button, input, select, textarea")) element.tabIndex = -1;
  element.focus();
}

/* A form is sent once: the second click while the first is under way does nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || "download" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter;
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  if (button.dataset.busy) {
    button.idle = [...button.childNodes];
    button.textContent = button.dataset.busy;
  }
});

function ready(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy='true']")) {
    button.removeAttribute("aria-busy");
    if (button.idle) button.replaceChildren(...button.idle);
  }
}

/* Back from the browser's memory: forms may be sent again. */
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(ready));

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) ready(form);
});

/* After a swap: the problem first; else the heading, when focus was lost with what it replaced. */
document.addEventListener("htmx:afterSettle", (event) => {
  const region = event.detail.elt;
  if ("live" in region.dataset) return; // it renews itself: nobody asked, nobody is moved
  const verb = event.detail.requestConfig?.verb;
  const lost = !document.activeElement || document.activeElement === document.body;
  const problem = region.querySelector(PROBLEM);
  if (problem && verb !== "get") focusOn(problem);
  else if (lost || verb !== "get") focusOn(region.querySelector(START) || region);
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const note = document.getElementById("offline");
    if (note) note.hidden = false;
  });
}
document.addEventListener("htmx:beforeRequest", () => {
  const note = document.getElementById("offline");
  if (note) note.hidden = true;
});

/* Escape leaves an inline form the way its cancel link does. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.target.closest?.("[data-inline]")?.querySelector("[data-cancel]")?.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  const problem = document.querySelector("main .error-summary, main .blockers[tabindex]");
  if (problem) focusOn(problem);
});
