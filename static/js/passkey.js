/* Passkeys: the one thing here that needs JavaScript. A form that is marked asks the device first,
   then goes its way with what the device answered; what went wrong is said by the page's own words. */
"use strict";

const asking = new WeakSet();

function say(form, problem) {
  for (const note of form.querySelectorAll("[data-problem]")) {
    note.hidden = note.dataset.problem !== problem;
  }
  form.querySelector(`[data-problem="${problem}"]`)?.focus();
}

function problemOf(error) {
  if (error.name === "InvalidStateError") return "known";
  if (error.name === "NotAllowedError" || error.name === "AbortError") return "refused";
  return "failed";
}

async function optionsOf(form, kind) {
  const { passkeyBegin, passkeyGet, passkeyCreate } = form.dataset;
  if (kind === "create") return passkeyCreate && JSON.parse(passkeyCreate);
  if (!passkeyBegin) return passkeyGet && JSON.parse(passkeyGet);
  const answer = await fetch(passkeyBegin, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

async function ask(form) {
  const toSign = await optionsOf(form, "get");
  if (toSign) {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(toSign);
    const answer = await navigator.credentials.get({ publicKey });
    form.elements.assertion.value = JSON.stringify(answer);
  }
  const toMake = await optionsOf(form, "create");
  if (toMake) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(toMake);
    const answer = await navigator.credentials.create({ publicKey });
    form.elements.enrolment.value = JSON.stringify(answer);
  }
}

async function send(form, button) {
  asking.add(form);
  button?.setAttribute("aria-busy", "true");
  say(form, "");
  try {
    await ask(form);
    form.submit();
  } catch (error) {
    say(form, problemOf(error));
    button?.removeAttribute("aria-busy");
    asking.delete(form);
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const elsewhere = form.dataset.passkey !== location.origin;
  const able = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);
  // Said before somebody fills the form in; at the sign-in there is the password besides.
  const hint = form.querySelector('[data-problem="elsewhere"]');
  if (elsewhere && hint && !form.dataset.passkeyBegin) hint.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (elsewhere || !able) say(form, elsewhere ? "elsewhere" : "failed");
    else if (!asking.has(form)) send(form, event.submitter);
  });
}
