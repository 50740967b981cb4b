/* Samspill: små hjelpemidler. Alt virker også uten dette. Ingen stil og ingen kode settes inn i siden. */
(() => {
  "use strict";

  /* Etter en mislykket sending: fokus til listen over det som må rettes. */
  const focusErrors = (root) => {
    const summary = root.querySelector?.("[data-error-summary]");
    if (summary) summary.focus();
  };

  /* Rollemenyen lukkes med Escape og når noen trykker utenfor. */
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  /* Beløp: les «1 250 000», skriv med hardt mellomrom. Det som ikke er et helt tall, teller ikke. */
  const amountIn = (text) => {
    const digits = text.replace(/[\s\u00a0\u2009\u202f]/g, "").replace(/kr\.?$/i, "");
    return /^[-\u2212]?\d{1,12}$/.test(digits) ? Number(digits.replace("\u2212", "-")) : null;
  };
  const amountOut = (value) => {
    const sign = value < 0 ? "\u2212" : "";
    return sign + String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  };

  /* Levende summer: <input data-sum="rad-1 aar-2027"> legges sammen i <output data-sum-of="rad-1">. */
  const addUp = (form) => {
    const sums = new Map();
    form.querySelectorAll("[data-sum]").forEach((input) => {
      const amount = amountIn(input.value) ?? 0;
      input.dataset.sum.split(/\s+/).forEach((key) => sums.set(key, (sums.get(key) ?? 0) + amount));
    });
    form.querySelectorAll("[data-sum-of]").forEach((target) => {
      const text = amountOut(sums.get(target.dataset.sumOf) ?? 0) + (target.dataset.unit ? `\u00a0${target.dataset.unit}` : "");
      if (target.textContent !== text) target.textContent = text;
    });
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-sum]")) addUp(event.target.closest("form, [data-sums]") ?? document);
  });
  document.addEventListener("focusout", (event) => {
    if (!event.target.matches?.("[data-sum], [data-amount]")) return;
    const amount = amountIn(event.target.value);
    if (amount !== null && event.target.value.trim() !== "") event.target.value = amountOut(amount);
  });

  /* Lim inn et område fra et regneark: én celle per felt, fra feltet som har fokus. */
  const cellsOf = (text) => text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const fill = (input, text) => {
    if (input.readOnly || input.disabled) return;
    const amount = amountIn(text);
    input.value = amount === null ? text.trim() : amountOut(amount);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  document.addEventListener("paste", (event) => {
    const grid = event.target.closest?.("[data-paste-grid]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!grid || !/[\t\n]/.test(text.replace(/\n$/, ""))) return;
    const rows = [...grid.querySelectorAll("tbody tr")]
      .map((row) => [...row.querySelectorAll("input:not([type=hidden])")])
      .filter((row) => row.length);
    const top = rows.findIndex((row) => row.includes(event.target));
    if (top < 0) return;
    event.preventDefault();
    const left = rows[top].indexOf(event.target);
    let filled = 0, outside = 0;
    cellsOf(text).forEach((line, down) => line.forEach((cell, along) => {
      const input = rows[top + down]?.[left + along];
      if (input) { fill(input, cell); filled += 1; } else if (cell.trim() !== "") outside += 1;
    }));
    const said = document.querySelector(grid.dataset.pasteGrid || "[data-paste-said]");
    if (said) said.textContent = (outside ? said.dataset.someOutside : said.dataset.allFilled ?? "")
      ?.replace("%filled", filled).replace("%outside", outside) ?? "";
  });

  /* Tegnteller: <textarea data-count="4000"> og <p data-count-for="id" data-left="… %n …" data-over="… %n …">. */
  const count = (input) => {
    const target = document.querySelector(`[data-count-for="${CSS.escape(input.id)}"]`);
    if (!target) return;
    const left = Number(input.dataset.count) - [...input.value.replace(/\r?\n/g, "\n")].length;
    const words = left < 0 ? target.dataset.over : target.dataset.left;
    target.textContent = words.replace("%n", amountOut(Math.abs(left)));
    target.toggleAttribute("data-is-over", left < 0);
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-count]")) count(event.target);
  });

  /* Lagring: skjemaet med data-unsaved sier fra før noen forlater siden med tekst som ikke er lagret. */
  const dirty = new Set();
  const say = (form, which) => {
    const place = form.querySelector("[data-save-said]");
    if (place?.dataset[which]) place.textContent = place.dataset[which];
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-unsaved]");
    if (form) { dirty.add(form); say(form, "unsaved"); }
  });
  document.addEventListener("submit", (event) => dirty.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-unsaved]");
    if (!form) return;
    if (event.detail.successful) dirty.delete(form); else say(form, "failed");
  });
  addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });

  /* Dobbeltklikk: skjemaet sendes én gang. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.once === undefined) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  /* «Skriv ut»-knapper vises bare når de virker. */
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-print]")) print(); });

  const ready = (root) => {
    root.querySelectorAll?.("[data-count]").forEach(count);
    root.querySelectorAll?.("form").forEach((form) => { if (form.querySelector("[data-sum]")) addUp(form); });
    root.querySelectorAll?.("[data-print]").forEach((button) => { button.hidden = false; });
  };
  document.addEventListener("DOMContentLoaded", () => { ready(document); focusErrors(document); });
  document.addEventListener("htmx:afterSettle", (event) => { ready(event.target); focusErrors(event.target); });
})();
