// What the pages can do better where a browser runs scripts; nothing here is needed.
"use strict";

const typing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");

// "/" goes to the search box; on a page of a document the arrows turn it, "n" and "p" go from hit to hit.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing()) return;
  if (event.key === "/") {
    const box = document.querySelector("#q, #top-q");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
    return;
  }
  const way = { ArrowLeft: "prev", ArrowRight: "next", p: "previous-hit", n: "next-hit" }[event.key];
  if (way && !document.activeElement?.closest(".wide")) document.querySelector(`.turn a[data-way="${way}"]`)?.click();
});

// Words of the corpus are offered while a search is typed.
for (const box of document.querySelectorAll("input[data-completions]")) {
  const list = document.getElementById(box.getAttribute("list"));
  let waiting, last = "";
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const words = box.value.trimStart();
      if (words.length < 2 || words === last || /\s$/.test(words)) return;
      last = words;
      try {
        const answer = await fetch(`${box.dataset.completions}?q=${encodeURIComponent(words)}`);
        if (!answer.ok) return;
        const { completions } = await answer.json();
        list.replaceChildren(...completions.map((text) => Object.assign(document.createElement("option"), { value: text })));
      } catch { /* typing goes on without them */ }
    }, 120);
  });
}

// Work in the background is watched until it is over; then its result is shown.
const watched = document.querySelector("[data-watch]");
if (watched) {
  const bar = document.getElementById("progress");
  const look = async () => {
    try {
      const state = await (await fetch(watched.dataset.watch)).json();
      if (state.over) return location.reload();
      if (state.total) { bar.max = state.total; bar.value = state.done; }
    } catch { /* the next look may succeed */ }
    setTimeout(look, 700);
  };
  setTimeout(look, 300);
}

// A form that has begun is not sent twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
  });
}
window.addEventListener("pageshow", () => document.querySelectorAll("form button[disabled]").forEach((b) => { b.disabled = false; }));

