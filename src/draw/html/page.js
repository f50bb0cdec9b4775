"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const svg = document.querySelector("#stage svg"), stage = $("stage"), panel = $("panel");
  const { cards, statuses: statusWords } = JSON.parse($("data").textContent);
  const nodes = [...svg.querySelectorAll("g.node")], edges = [...svg.querySelectorAll("g.edge")];
  const labels = new Map([...svg.querySelectorAll("g.label")].map((g) => [g.dataset.edge, g]));
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = [...whole];

  // ---- moving
  const show = () => svg.setAttribute("viewBox", view.map((n) => n.toFixed(2)).join(" "));
  const scale = () => Math.max(view[2] / stage.clientWidth, view[3] / stage.clientHeight);
  const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
    const width = Math.min(whole[2] * 3, Math.max(whole[2] / 40, view[2] * factor)), f = width / view[2];
    view = [x - (x - view[0]) * f, y - (y - view[1]) * f, width, view[3] * f];
    show();
  };
  const move = (dx, dy) => { view[0] += dx; view[1] += dy; show(); };
  const point = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const fit = () => { view = [...whole]; show(); };
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const p = point(event);
    zoom(Math.exp(event.deltaY * .0015), p.x, p.y);
  }, { passive: false });
  let drag = null;
  stage.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY, far: false }; });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.far && Math.hypot(dx, dy) < 4) return;
    stage.classList.add("moving");
    move(-dx * scale(), -dy * scale());
    drag = { x: event.clientX, y: event.clientY, far: true };
  });
  addEventListener("pointerup", () => { stage.classList.remove("moving"); setTimeout(() => { drag = null; }); });
  $("in").onclick = () => zoom(.8);
  $("out").onclick = () => zoom(1.25);
  $("fit").onclick = fit;

  // ---- choosing
  const choose = (symbol) => {
    document.querySelectorAll(".chosen, .faded").forEach((g) => g.classList.remove("chosen", "faded"));
    panel.hidden = !symbol;
    if (!symbol) return;
    symbol.classList.add("chosen");
    const card = cards[symbol.id];
    $("tale").textContent = card.tale;
    const lines = edges.filter((edge) => edge.dataset.from === symbol.id || edge.dataset.to === symbol.id);
    $("lines").replaceChildren(...lines.map((edge) => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.textContent = cards[edge.id].tale;
      button.onclick = () => choose(edge);
      item.append(button);
      return item;
    }));
    $("quotes").replaceChildren(...card.quotes.map((quote) => {
      const item = document.createElement("li"), cite = document.createElement("cite");
      const credit = document.createElement(quote.url ? "a" : "span");
      if (quote.url) Object.assign(credit, { href: quote.url, target: "_blank", rel: "noopener" });
      credit.textContent = quote.credit;
      cite.append(credit);
      item.append("“" + quote.text + "”", cite);
      return item;
    }));
    if (symbol.matches(".node") && edges.length) {
      const near = new Set([symbol.id]), lines = new Set();
      for (const edge of edges) {
        const { from, to } = edge.dataset;
        if (from === symbol.id || to === symbol.id) { near.add(from).add(to); lines.add(edge.id); }
      }
      for (const node of nodes) node.classList.toggle("faded", !near.has(node.id));
      for (const edge of edges) {
        edge.classList.toggle("faded", !lines.has(edge.id));
        labels.get(edge.id)?.classList.toggle("faded", !lines.has(edge.id));
      }
    }
  };
  const symbolOf = (target) => {
    const label = target.closest("g.label");
    return label ? $(label.dataset.edge) : target.closest("g.node, g.edge");
  };
  svg.addEventListener("click", (event) => {
    const symbol = symbolOf(event.target);
    if (event.target.closest("a")) event.preventDefault();
    if (drag && drag.far) return;
    choose(symbol);
  });
  $("close").onclick = () => { const last = svg.querySelector(".chosen"); choose(null); (last || stage).focus(); };
  for (const symbol of [...nodes, ...edges]) {
    symbol.closest("a")?.setAttribute("tabindex", "-1");
    symbol.setAttribute("tabindex", "0");
    symbol.setAttribute("role", "button");
    symbol.querySelector("title").textContent = cards[symbol.id].tale;
  }

  // ---- filtering
  const boxes = (field, names, words) => names.forEach((name) => {
    const label = document.createElement("label"), box = document.createElement("input");
    Object.assign(box, { type: "checkbox", checked: true, value: name });
    box.addEventListener("change", filter);
    label.append(box, " " + words(name));
    field.append(label);
  });
  const values = (list, key) => [...new Set(list.map((g) => g.dataset[key]))].sort();
  const chosen = (field) => new Set([...$(field).querySelectorAll(":checked")].map((box) => box.value));
  // A date is compared by as many letters as the limit has: 2024 takes in 2024-07.
  const within = (dates, from, to) => {
    if (!dates) return $("undated").checked || !(from || to);
    const [first, last = first] = dates.split("/");
    const late = last && last !== ".." ? last : first, early = first && first !== ".." ? first : late;
    return (!from || late.slice(0, from.length) >= from.slice(0, late.length)) && (!to || early.slice(0, to.length) <= to.slice(0, early.length));
  };
  function filter() {
    const kinds = chosen("kinds"), statuses = chosen("statuses");
    const from = $("from").value.trim(), to = $("to").value.trim(), off = new Set();
    const fits = (g) => statuses.has(g.dataset.status) && within(g.dataset.dates, from, to);
    for (const node of nodes) {
      const gone = !kinds.has(node.dataset.kind) || (node.dataset.status !== "asserted" && !statuses.has(node.dataset.status))
        || (node.dataset.dates && !within(node.dataset.dates, from, to)) || (!edges.length && !fits(node));
      if (gone) off.add(node.id);
    }
    const lit = new Set();
    for (const edge of edges) {
      const gone = off.has(edge.dataset.from) || off.has(edge.dataset.to) || !fits(edge);
      edge.classList.toggle("off", gone);
      labels.get(edge.id)?.classList.toggle("off", gone);
      edge.setAttribute("tabindex", gone ? "-1" : "0");
      if (!gone) lit.add(edge.dataset.from).add(edge.dataset.to);
    }
    const had = new Set(edges.flatMap((edge) => [edge.dataset.from, edge.dataset.to]));
    for (const node of nodes) {
      const gone = off.has(node.id) || (had.has(node.id) && !lit.has(node.id));
      node.classList.toggle("off", gone);
      node.setAttribute("tabindex", gone ? "-1" : "0");
    }
    if (svg.querySelector(".chosen.off")) choose(null);
    search();
  }
  boxes($("kinds"), values(nodes, "kind"), (name) => name);
  boxes($("statuses"), values([...nodes, ...edges], "status"), (name) => statusWords[name] || name);
  $("statuses").hidden = $("statuses").querySelectorAll("input").length < 2;
  for (const id of ["from", "to", "undated"]) $(id).addEventListener("input", filter);
  addEventListener("pointerdown", (event) => { if (!event.target.closest("#filters")) $("filters").open = false; });
  $("reset").onclick = () => {
    document.querySelectorAll("#filters input[type=checkbox]").forEach((box) => { box.checked = true; });
    $("from").value = $("to").value = $("search").value = "";
    filter();
  };

  // ---- searching
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ə/g, "e").replace(/ı/g, "i");
  const words = new Map([...nodes, ...edges].map((g) => [g, fold(cards[g.id].tale + " " + cards[g.id].quotes.map((q) => q.text).join(" "))]));
  const names = new Map([...nodes, ...edges].map((g) => [g, fold(cards[g.id].tale)]));
  let hits = [], at = -1;
  function search() {
    const text = fold($("search").value.trim());
    const visible = [...nodes, ...edges].filter((g) => !g.classList.contains("off"));
    const named = visible.filter((g) => g.matches(".node") && names.get(g).includes(text));
    hits = text ? (named.length ? named : visible.filter((g) => words.get(g).includes(text))) : [];
    at = -1;
    for (const g of [...nodes, ...edges]) g.classList.toggle("hit", hits.includes(g));
    $("found").textContent = text ? (hits.length === 1 ? "1 found" : hits.length + " found") : "";
  }
  $("search").addEventListener("input", search);
  $("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !hits.length) return;
    at = (at + 1) % hits.length;
    choose(hits[at]);
    const box = hits[at].getBBox(), matrix = hits[at].getCTM(), back = svg.getCTM().inverse();
    const p = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(matrix).matrixTransform(back);
    // What can be seen already stays where it is.
    const [x, y, width, height] = view, seen = (at, from, size) => at > from + size * .05 && at < from + size * .95;
    if (!seen(p.x, x, width) || !seen(p.y, y, height)) view = [p.x - width / 2, p.y - height / 2, width, height];
    show();
  });

  // ---- keys
  addEventListener("keydown", (event) => {
    if (event.target.matches("input")) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = view[2] / 10;
    const keys = {
      "+": () => zoom(.8), "=": () => zoom(.8), "-": () => zoom(1.25), "0": fit, "/": () => $("search").focus(),
      ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
      Escape: () => { if ($("filters").open) { $("filters").open = false; $("filters").querySelector("summary").focus(); } else choose(null); },
    };
    const symbol = event.target.closest && event.target.closest("g.node, g.edge");
    if (symbol && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(symbol); return; }
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  document.documentElement.dataset.ready = "yes";
})();
