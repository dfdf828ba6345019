// Tables that sort, files that can be saved, and the tidy tables of the run directory.
gigasite.tables = (() => {
  const { element, button, tell } = gigasite;

  function value(text) {
    const plain = text.replace(/[,\u00a0 ]/g, "").replace("\u2212", "-").replace(/%$/, "");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
  }

  // Numbers before words, what is missing last, equal rows in their order.
  function compare(one, other, sign) {
    const [a, b] = [value(one), value(other)];
    if (a !== null && b !== null) return sign * (a - b);
    if ((a === null) !== (b === null)) return a === null ? 1 : -1;
    return sign * one.localeCompare(other, "en");
  }

  function sort(table, column) {
    const heads = [...table.tHead.rows[0].cells];
    const sign = heads[column].getAttribute("aria-sort") === "ascending" ? -1 : 1;
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [row.cells[column].textContent, row]);
    rows.sort((one, other) => compare(one[0], other[0], sign));
    body.append(...rows.map((pair) => pair[1]));
    tell(`Sorted by ${heads[column].textContent}, ${sign > 0 ? "ascending" : "descending"}.`);
  }

  function sortable(table) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const label = head.textContent;
      head.replaceChildren(button(label, () => sort(table, column), { title: `Sort by ${label}` }));
    });
  }

  function make(caption, heads, rows, left = 1) {
    const kind = (place) => (place >= left ? { class: "number" } : {});
    const table = element("table", { class: "sortable" }, element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...heads.map((head, place) => element("th", { scope: "col", ...kind(place) }, head)))),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell, place) => element("td", kind(place), cell))))));
    sortable(table);
    return element("div", { class: "table" },
      element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, table));
  }

  function parse(text) {
    const rows = [[]];
    let cell = "", quoted = false;
    for (let place = 0; place < text.length; place += 1) {
      const letter = text[place];
      if (quoted) {
        if (letter !== '"') cell += letter;
        else if (text[place + 1] === '"') { cell += letter; place += 1; }
        else quoted = false;
      } else if (letter === '"') quoted = true;
      else if (letter === "," || letter === "\n") {
        rows[rows.length - 1].push(cell);
        cell = "";
        if (letter === "\n") rows.push([]);
      } else cell += letter;
    }
    return rows.slice(0, -1);
  }

  function saver(run, name) {
    return button(`Save ${name}`, () => gigasite.save(name, run.files[name]), { "data-save": name });
  }

  function browser(run, section) {
    const place = element("div", {}), get = element("div", { class: "get" });
    const find = element("input", { type: "search", oninput: () => filter() });
    const count = element("span", { class: "quiet", role: "status" });
    function filter() {
      const words = find.value.toLowerCase();
      const rows = [...place.querySelectorAll("tbody tr")];
      rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(words); });
      count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
    }
    function show(name) {
      const [heads, ...rows] = parse(run.files[name]);
      const numeric = (column) => rows.length > 0 && rows.every((row) => row[column] === "" || value(row[column]) !== null);
      const made = make(name, heads, rows, heads.length);
      const columns = heads.map((_, column) => numeric(column));
      made.querySelectorAll("tr").forEach((row) => [...row.cells].forEach((cell, column) => {
        if (columns[column]) cell.classList.add("number");
      }));
      made.querySelector(".scroll").classList.add("tall");
      place.replaceChildren(made);
      get.replaceChildren(saver(run, name));
      filter();
    }
    const names = Object.keys(run.files);
    const { labelled } = gigasite.select("Table", names.map((name) => [name, name]), show);
    section.append(element("div", { class: "controls" }, labelled, element("label", {}, "Find", find), count), place, get);
    show(names[0]);
  }

  function start() {
    document.querySelectorAll(".run").forEach((article) => {
      const run = gigasite.data.runs[Number(article.dataset.run)];
      article.querySelectorAll("table.sortable").forEach(sortable);
      article.querySelectorAll(".table[data-file]").forEach((holder) => {
        const name = holder.dataset.file;
        if (name && run.files[name] !== undefined) holder.append(element("div", { class: "get" }, saver(run, name)));
      });
      browser(run, article.querySelector(".files"));
    });
  }

  return { start, make };
})();
