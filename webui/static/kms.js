// What the pages can do better where a browser runs scripts; nothing here is needed.
"use strict";

const typing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");

// "/" goes to the search box, "?" shows the keys; on a page of a document the arrows turn it, "n" and "p" go from hit to hit. Keys that are
// signs can be switched off, for people who speak to their computer.
const keys = document.querySelector("[data-keys]");
const keysOff = () => { try { return localStorage.getItem("kms-keys") === "off"; } catch { return false; } };
if (keys) {
  const box = keys.querySelector("input");
  keys.hidden = false;
  box.checked = !keysOff();
  box.addEventListener("change", () => { try { localStorage.setItem("kms-keys", box.checked ? "on" : "off"); } catch { /* for this page only */ } });
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing()) return;
  if (event.key.length === 1 && (keysOff() || keys?.querySelector("input").checked === false)) return;
  if (event.key === "/") {
    const box = document.querySelector("#q, #top-q");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
    return;
  }
  if (event.key === "?" && keys) {
    keys.open = true;
    keys.querySelector("summary").focus();
    return;
  }
  const way = { ArrowLeft: "prev", ArrowRight: "next", p: "previous-hit", n: "next-hit" }[event.key];
  if (way && !document.activeElement?.closest(".wide, .prose")) document.querySelector(`.turn a[data-way="${way}"]`)?.click();
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

// A picture that could not be made yet, because many are asked for at once, is asked for again.
const askAgain = (picture) => {
  const times = Number(picture.dataset.times ?? 0);
  if (times > 9 || !/\/pages\//.test(picture.src)) return;
  picture.dataset.times = times + 1;
  picture.style.visibility = "hidden";
  picture.addEventListener("load", () => { picture.style.visibility = ""; }, { once: true });
  const plain = picture.src.replace(/[?&]again=\d+$/, "");
  setTimeout(() => {
    picture.removeAttribute("srcset");
    picture.src = `${plain}${plain.includes("?") ? "&" : "?"}again=${times}`;
  }, 500 + 500 * times + 500 * Math.random());
};
document.addEventListener("error", ({ target }) => { if (target.tagName === "IMG") askAgain(target); }, true);
for (const picture of document.images) if (picture.complete && !picture.naturalWidth) askAgain(picture);

// Whoever reads on finds the picture of the next page, and of the next hit, made already.
const sheet = document.querySelector(".sheet-frame img");
if (sheet && document.querySelector(".turn a[data-way=next]") && !navigator.connection?.saveData) {
  window.addEventListener("load", () => setTimeout(() => {
    for (const way of ["next-hit", "next"]) {
      const number = document.querySelector(`.turn a[data-way="${way}"]`)?.pathname.match(/\/pages\/(\d+)$/)?.[1];
      if (number && sheet.naturalWidth) new Image().src = sheet.currentSrc.split("?")[0].replace(/\/pages\/\d+\//, `/pages/${number}/`);
    }
  }, 400));
}

// The picture of a page is shown as wide as the window, its marks with it, as long as whoever reads wants it so.
const widen = document.querySelector("[data-widen]");
if (widen) {
  const show = (wide) => {
    widen.setAttribute("aria-pressed", wide);
    document.querySelector(".reading").classList.toggle("reading-wide", wide);
    if (sheet) sheet.sizes = wide ? "90vw" : "(max-width: 62rem) 100vw, 45vw";
  };
  widen.hidden = false;
  try { show(localStorage.getItem("kms-wide") === "on"); } catch { /* as it was sent */ }
  widen.addEventListener("click", () => {
    const wide = widen.getAttribute("aria-pressed") !== "true";
    show(wide);
    try { localStorage.setItem("kms-wide", wide ? "on" : "off"); } catch { /* for this page only */ }
  });
}

// Files may be dropped where one can be chosen. The browser's own button speaks the browser's language, so ours shows
// instead; the field itself lies over the whole box, unseen, for pointers, keys and screen readers.
for (const box of document.querySelectorAll(".drop")) {
  const input = box.querySelector("input[type=file]");
  const button = Object.assign(document.createElement("span"), { className: "button small", textContent: box.dataset.choose });
  const said = Object.assign(document.createElement("span"), { className: "drop-said" });
  const row = Object.assign(document.createElement("span"), { className: "drop-row" });
  const tell = () => {
    const names = [...input.files].map((file) => file.name);
    said.textContent = names.length > 3 ? box.dataset.many.replace("{count}", names.length) : names.join(", ") || box.dataset.none;
  };
  row.setAttribute("aria-hidden", "true");
  row.append(button, said);
  input.classList.add("drop-field");
  input.after(row);
  input.addEventListener("change", tell);
  input.form.addEventListener("reset", () => setTimeout(tell));
  window.addEventListener("pageshow", tell);
  tell();
  for (const name of ["dragover", "dragleave", "drop"]) box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.toggle("drop-over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
  });
  // beside the box a browser would open the file and leave what was typed
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
}

// Files are sent a few at a time, each with its progress and what became of it.
const sending = document.querySelector("form[data-upload]");
if (sending) {
  const AT_ONCE = 3;
  const place = document.querySelector("[data-upload-list]");
  const list = place.querySelector("ul"), sum = place.querySelector("[role=status]");
  const counts = { all: 0, over: 0, failed: 0 };
  const tell = () => {
    const text = counts.failed ? sum.dataset.failed : sum.dataset.said;
    sum.textContent = text.replace("{done}", counts.over).replace("{total}", counts.all).replace("{failed}", counts.failed);
  };
  const row = (file) => {
    const item = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "upload-name", textContent: file.name });
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    bar.setAttribute("aria-label", file.name);
    const said = Object.assign(document.createElement("span"), { className: "upload-said", textContent: place.dataset.waiting });
    item.append(document.createElement("span"), name, said, bar);
    list.append(item);
    return { item, bar, said };
  };
  const send = (file, { bar, said }) => new Promise((resolve, reject) => {
    const data = new FormData();
    data.append("token", sending.elements.token.value);
    data.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", sending.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; };
    request.onload = () => request.status < 300 ? resolve(JSON.parse(request.responseText).state) : reject(new Error(request.status));
    request.onerror = () => reject(new Error("network"));
    said.textContent = place.dataset.sending;
    request.send(data);
  });
  const read = async (address, { bar, said }) => {
    bar.removeAttribute("value");
    said.textContent = place.dataset.reading;
    for (let missed = 0; missed < 20;) {
      await new Promise((done) => setTimeout(done, 500));
      const answer = await fetch(address).catch(() => null);
      if (answer && !answer.ok && answer.status < 500) break;
      const state = answer?.ok ? await answer.json() : null;
      if (state?.over) return state;
      missed = state ? 0 : missed + 1;
    }
    throw new Error("unknown");
  };
  const take = async (file, shown) => {
    let outcome, error = place.dataset.failed;
    try {
      if (file.size > Number(place.dataset.largest) * 2 ** 20) { error = place.dataset.large; throw new RangeError(); }
      const address = await send(file, shown);
      error = place.dataset.unknown;
      const state = await read(address, shown);
      outcome = state.outcomes[0];
      error = state.error ?? error;
    } catch { /* said below */ }
    shown.bar.remove();
    shown.item.className = `upload-${outcome?.outcome ?? "failed"}`;
    shown.item.firstChild.textContent = { new: "✓", present: "=" }[outcome?.outcome] ?? "✕";
    shown.said.textContent = `${outcome?.said ?? error} `;
    if (outcome?.address) {
      const link = Object.assign(document.createElement("a"), { href: outcome.address, textContent: place.dataset.open });
      link.append(Object.assign(document.createElement("span"), { className: "hidden", textContent: ` ${file.name}` }));
      shown.said.append(link);
    }
    counts.over += 1;
    if (!outcome || outcome.outcome === "failed") counts.failed += 1;
    tell();
  };
  sending.addEventListener("submit", async (event) => {
    event.preventDefault();
    place.hidden = false;
    const waiting = [...sending.elements.files.files].map((file) => [file, row(file)]);
    counts.all += waiting.length;
    tell();
    sending.reset();
    setTimeout(() => sending.querySelectorAll("button").forEach((button) => { button.disabled = false; }), 100);
    const next = async () => { for (let one; (one = waiting.shift());) await take(...one); };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  });
}

// A form that has begun is not sent twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
  });
}
window.addEventListener("pageshow", () => document.querySelectorAll("form button[disabled]").forEach((b) => { b.disabled = false; }));

