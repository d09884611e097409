/* The browser's part of the page: completion by keyboard, dialogs, and lists that stay at their end. */
"use strict";

const practice = (() => {
  const byId = (id, act, tries = 40) => {
    const found = document.getElementById(id);
    if (found) act(found);
    else if (tries > 0) requestAnimationFrame(() => byId(id, act, tries - 1));
  };
  const open = (id) => byId(id, (dialog) => {
    if (dialog.open) return;
    dialog.showModal();
    const first = dialog.querySelector("textarea, input, select, button");
    if (first) {
      (first.type === "radio" && first.closest("fieldset").querySelector(":checked") || first).focus();
      if (first.selectionStart !== null && first.value) first.setSelectionRange?.(first.value.length, first.value.length);
    }
  });
  const close = (id) => byId(id, (dialog) => dialog.close(), 0);
  const focus = (id) => byId(id, (element) => element.focus());

  /* Completion */

  const parts = (box) => {
    const form = box.closest("form.composer");
    return { form, list: form.querySelector(".choices") };
  };
  const hide = (box) => {
    const { list } = parts(box);
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (box, at) => {
    const { list } = parts(box);
    const all = [...list.children];
    all.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    box.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  const marked = (list) => [...list.children].findIndex((item) => item.getAttribute("aria-selected") === "true");
  const draw = (box, found) => {
    const { list } = parts(box);
    if (!found.length) return hide(box);
    list.replaceChildren(...found.map(([text, typed, about], place) => {
      const item = document.createElement("li");
      item.id = `${box.id}-choice-${place}`;
      item.setAttribute("role", "option");
      item.dataset.text = text;
      item.dataset.typed = typed;
      const name = document.createElement("span");
      name.className = "choice-text";
      name.textContent = text;
      const told = document.createElement("span");
      told.className = "choice-about";
      told.textContent = about;
      item.append(name, told);
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(box, item);
      });
      return item;
    }));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    mark(box, 0);
  };
  /* What is shown always belongs to the newest text: an older answer is dropped. */
  const suggest = (box) => {
    const line = box.value.slice(0, box.selectionStart);
    box.asked = (box.asked || 0) + 1;
    const asked = box.asked;
    if (!line.startsWith("/") || line.includes("\n")) {
      hide(box);
      box.waiting = null;
      return Promise.resolve();
    }
    const { form } = parts(box);
    box.waiting = fetch(`${form.dataset.complete}&line=${encodeURIComponent(line)}`)
      .then((answer) => (answer.ok ? answer.json() : []))
      .catch(() => [])
      .then((found) => {
        if (asked !== box.asked) return;
        box.waiting = null;
        draw(box, found);
      });
    return box.waiting;
  };
  const choose = (box, item) => {
    const at = box.selectionStart;
    const text = item.dataset.text + (item.dataset.text.endsWith(":") ? "" : " ");
    box.setRangeText(text, at - Number(item.dataset.typed), at, "end");
    grow(box);
    box.focus();
    suggest(box);
  };
  const chosenNow = async (box) => {
    if (box.waiting) await box.waiting;
    const { list } = parts(box);
    const item = list.hidden ? null : list.children[Math.max(0, marked(list))];
    if (item) choose(box, item);
  };
  /* Enter takes the marked choice while a word is begun, and sends the line when there is nothing to add. */
  const unfinished = (box, list) => {
    const item = list.hidden ? null : list.children[Math.max(0, marked(list))];
    if (!item) return false;
    const typed = box.value.slice(box.selectionStart - Number(item.dataset.typed), box.selectionStart).toLowerCase();
    const exact = [...list.children].some((one) => one.dataset.text.toLowerCase() === typed);
    return item.dataset.moved === "true" || (typed !== "" && !exact);
  };
  const enter = async (box) => {
    if (box.waiting) await box.waiting;
    const { form, list } = parts(box);
    if (unfinished(box, list)) await chosenNow(box);
    else form.requestSubmit();
  };

  const grow = (box) => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 260)}px`;
  };
  const take = (form) => {
    const box = form.querySelector("textarea");
    const text = box.value;
    box.value = "";
    box.asked = (box.asked || 0) + 1;
    hide(box);
    grow(box);
    return text;
  };
  const fill = (id, text) => byId(id, (box) => {
    box.value = text;
    box.focus();
    box.setSelectionRange(text.length, text.length);
    grow(box);
    suggest(box);
  });
  const giveBack = (id, text) => byId(id, (box) => {
    if (box.value) return;
    box.value = text;
    grow(box);
  });

  const onKey = (event) => {
    const box = event.target;
    if (!box.matches || !box.matches("form.composer textarea") || event.isComposing) return;
    const { list } = parts(box);
    const open = !list.hidden;
    if (event.key === "Tab" && !event.shiftKey && (open || box.waiting)) {
      event.preventDefault();
      chosenNow(box);
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const size = list.children.length;
      const at = (marked(list) + step + size) % size;
      mark(box, at);
      list.children[at].dataset.moved = "true";
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      hide(box);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      enter(box);
    }
  };
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", (event) => {
    if (!event.target.matches("form.composer textarea")) return;
    grow(event.target);
    suggest(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches && event.target.matches("form.composer textarea")) hide(event.target);
  });

  /* Lists that stay at their end while one reads the newest, and where they are while one reads older ones. */

  const NEAR = 60;
  const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  const follow = (box) => {
    if (box.followed) return;
    box.followed = true;
    box.stays = true;
    box.scrollTop = box.scrollHeight;
    /* Only going up lets go of the end: a list that grows, or gets narrower, moves its end away by itself. */
    box.addEventListener("scroll", () => {
      if (atEnd(box)) box.stays = true;
      else if (box.scrollTop < box.last - 4) box.stays = false;
      box.last = box.scrollTop;
    }, { passive: true });
    const settle = () => {
      if (box.kept !== undefined) {
        box.scrollTop = box.scrollHeight - box.kept;
        box.kept = undefined;
        box.stays = false;
      } else if (box.stays) box.scrollTop = box.scrollHeight;
    };
    new MutationObserver(settle).observe(box, { childList: true, subtree: true });
    const sizes = new ResizeObserver(() => { if (box.stays) box.scrollTop = box.scrollHeight; });
    sizes.observe(box);
    sizes.observe(box.querySelector(".log"));
  };
  /* What somebody did themselves is what they look for, wherever they were. */
  const toEnd = (id) => byId(id, (box) => requestAnimationFrame(() => {
    box.stays = true;
    box.scrollTop = box.scrollHeight;
  }), 0);
  const keep = (id) => byId(id, (box) => { box.kept = box.scrollHeight - box.scrollTop; }, 0);
  new MutationObserver(() => document.querySelectorAll("[data-log]").forEach(follow))
    .observe(document.documentElement, { childList: true, subtree: true });

  /* A file goes in pieces, each small enough for the page's door; what is too big is only named. */

  const piece = async (file, at, length) => {
    const bytes = new Uint8Array(await file.slice(at, at + length).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  const bring = async (input, most, length, emit) => {
    const [file] = input.files;
    if (!file) return;
    input.value = ""; /* so that the same file can be picked again once it is mended */
    const { name, size } = file;
    try {
      if (size > most) return emit({ name, size, at: 0, data: "" });
      for (let at = 0; at < Math.max(size, 1); at += length)
        emit({ name, size, at, data: await piece(file, at, length) });
    } catch {
      emit({ name, size: 1, at: 0, data: "" });
    }
  };

  return { open, close, focus, take, fill, giveBack, keep, toEnd, bring };
})();
window.practice = practice;
