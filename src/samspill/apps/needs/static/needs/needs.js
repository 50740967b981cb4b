/* Behovsmeldingen: lagring av ett felt om gangen, og filter i lange lister. Alt virker også uten. */
(() => {
  "use strict";

  /* Bare feltet som ble endret (og det som står feil i samme gruppe) sendes, med fingeravtrykket sitt. */
  const CARRIED = ["csrfmiddlewaretoken", "kept_for"];
  const newId = () => globalThis.crypto?.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  const namesToSave = (form, input) => {
    const names = new Set([input.name]);
    input.closest("[data-answer]")?.querySelectorAll("[aria-invalid=true][name]").forEach((other) => names.add(other.name));
    return [...names].filter((name) => form.elements[`seen-${name}`]);
  };
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.target.closest?.("form[data-autosave]");
    if (!form) return;
    const input = event.detail.triggeringEvent?.target;
    const names = input?.name && !input.closest("[data-no-autosave]") ? namesToSave(form, input) : [];
    if (!names.length) { event.preventDefault(); return; }
    const whole = new FormData(form);
    const sent = new FormData();
    [...CARRIED, ...names, ...names.map((name) => `seen-${name}`)].forEach((name) => {
      whole.getAll(name).forEach((value) => sent.append(name, value));
    });
    sent.append("save_id", newId());
    event.detail.parameters = sent;
  });

  /* Send først når det som lagres, er ferdig lagret: ellers kolliderer skjemaet med seg selv. */
  /* Lagringen kan ha tegnet knappen på nytt: finn den som står der nå. */
  const standingFor = (form, button) => form.contains(button) ? button
    : [...form.elements].find((other) => other.type === "submit" && other.name === button.name && other.value === button.value);
  let underWay = 0;
  let held = null;
  const isAutosave = (event) => event.target.closest?.("form[data-autosave]");
  document.addEventListener("htmx:beforeRequest", (event) => { if (isAutosave(event)) underWay += 1; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!isAutosave(event)) return;
    underWay -= 1;
    setTimeout(() => {
      if (underWay > 0 || held === null) return;
      const { form, button } = held;
      held = null;
      form.requestSubmit(button && standingFor(form, button));
    });
  });
  document.addEventListener("submit", (event) => {
    if (underWay === 0 || !event.target.matches?.("form[data-autosave]")) return;
    event.preventDefault();
    held = { form: event.target, button: event.submitter };
  });

  /* Etter lagring: feltets tilstand følger det som står under det. */
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const below = event.detail.target;
    if (!below?.id?.startsWith?.("funn-")) return;
    const block = below.closest("[data-answer]");
    const wrong = new Set([...below.querySelectorAll("[data-error-of]")].map((one) => one.dataset.errorOf));
    const stopped = below.querySelector(".sp-finding[data-color=danger]") !== null;
    block?.querySelectorAll("[name]:not([type=hidden], button)").forEach((input) => {
      const inBudget = block.id === "felt-budget";
      if (wrong.has(input.name) || (stopped && !inBudget)) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    });
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-autosave]");
    const sent = event.detail.requestConfig?.parameters;
    if (!form || !sent?.keys) return;
    [...sent.keys()].forEach((name) => document.getElementById(`id_${name}_error`)?.remove());
  });

  /* Filter i en liste som allerede står på siden. */
  const itemsOf = (list) => [...list.querySelectorAll(".sp-picklist .ds-field, [data-filter-item]")];
  const filter = (list, words) => {
    const asked = words.trim().toLocaleLowerCase("nb");
    let shown = 0;
    itemsOf(list).forEach((item) => {
      const chosen = item.querySelector("input:checked") !== null;
      item.hidden = !chosen && !item.textContent.toLocaleLowerCase("nb").includes(asked);
      if (!item.hidden) shown += 1;
    });
    const said = list.querySelector("[data-filter-count]");
    if (said) said.textContent = asked ? said.dataset.words.replace("%n", shown) : "";
  };
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-filter]")) return;
    const list = event.target.closest("[data-filter-list]");
    if (list) filter(list, event.target.value);
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-filter-tools]").forEach((tools) => { tools.hidden = false; });
  });
})();
