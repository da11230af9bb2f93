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

// A picture that could not be made yet, because many are asked for at once, is asked for again.
const askAgain = (picture) => {
  const times = Number(picture.dataset.times ?? 0);
  if (times > 9 || !/\/pages\//.test(picture.src)) return;
  picture.dataset.times = times + 1;
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

// Files may be dropped where one can be chosen.
for (const box of document.querySelectorAll(".drop")) {
  const input = box.querySelector("input[type=file]");
  for (const name of ["dragover", "dragleave", "drop"]) box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.toggle("drop-over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// Files are sent one by one, each with its progress and what became of it.
const sending = document.querySelector("form[data-upload]");
if (sending) {
  const place = document.querySelector("[data-upload-list]");
  const list = place.querySelector("ul");
  const row = (file) => {
    const item = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "upload-name", textContent: file.name });
    const bar = Object.assign(document.createElement("progress"), { max: 100 });
    bar.setAttribute("aria-label", file.name);
    const said = Object.assign(document.createElement("span"), { textContent: place.dataset.sending });
    item.append(document.createElement("span"), name, bar, said);
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
    request.onload = () => request.status < 300 ? resolve(JSON.parse(request.responseText).state) : reject();
    request.onerror = reject;
    request.send(data);
  }).then((state) => { bar.removeAttribute("value"); said.textContent = place.dataset.reading; return state; });
  const watch = async (address, { item, bar, said }) => {
    for (;;) {
      const state = await (await fetch(address)).json();
      if (state.over) {
        const outcome = state.outcomes[0];
        bar.remove();
        item.className = `upload-${outcome?.outcome ?? "failed"}`;
        said.textContent = `${outcome?.said ?? state.error ?? place.dataset.failed} `;
        if (outcome?.address) said.append(Object.assign(document.createElement("a"), { href: outcome.address, textContent: place.dataset.open }));
        return;
      }
      await new Promise((done) => setTimeout(done, 600));
    }
  };
  sending.addEventListener("submit", async (event) => {
    event.preventDefault();
    const files = [...sending.elements.files.files];
    place.hidden = false;
    const rows = files.map((file) => row(file));
    sending.reset();
    for (const [number, file] of files.entries()) {
      try { watch(await send(file, rows[number]), rows[number]); }
      catch { rows[number].bar.remove(); rows[number].item.className = "upload-failed"; rows[number].said.textContent = place.dataset.failed; }
    }
    setTimeout(() => sending.querySelectorAll("button").forEach((button) => { button.disabled = false; }), 100);
  });
}

// A form that has begun is not sent twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
  });
}
window.addEventListener("pageshow", () => document.querySelectorAll("form button[disabled]").forEach((b) => { b.disabled = false; }));

