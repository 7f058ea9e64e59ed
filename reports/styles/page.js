// A table that can be ordered and filtered, and program pages that open on demand; without a script all is still there.
for (const table of document.querySelectorAll("table.sortable")) {
  const value = (cell) => {
    const words = cell.textContent.trim().replace(/[,$<>%]/g, "").replace("−", "-").replace("under 1", "0.4");
    const number = parseFloat(words);
    return Number.isNaN(number) ? null : number;
  };
  const groups = [...table.querySelectorAll("tr.group")];
  const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
  let ordered = false;

  const tools = document.createElement("p");
  tools.className = "tools";
  const words = Object.assign(document.createElement("input"), { type: "search", id: "filter-words" });
  const kind = Object.assign(document.createElement("select"), { id: "filter-action" });
  const found = document.createElement("output");
  kind.append(new Option("every advice", ""));
  for (const group of groups) kind.append(new Option(group.dataset.action, group.dataset.action));
  const label = (text, control) => Object.assign(document.createElement("label"), { textContent: text, htmlFor: control.id });
  tools.append(label("Find a program ", words), words, label(" with ", kind), kind, found);
  table.before(tools);

  const filter = () => {
    const wanted = words.value.trim().toLowerCase();
    for (const row of rows) {
      const named = row.cells[0].textContent.toLowerCase().includes(wanted);
      row.hidden = !(named && (!kind.value || row.dataset.action === kind.value));
    }
    for (const group of groups) {
      group.hidden = ordered || !rows.some((row) => !row.hidden && row.dataset.action === group.dataset.action);
    }
    const shown = rows.filter((row) => !row.hidden).length;
    found.textContent = shown === rows.length ? "" : ` ${shown} of ${rows.length}`;
  };
  words.addEventListener("input", filter);
  kind.addEventListener("change", filter);

  table.querySelectorAll("thead th").forEach((head, column) => {
    if (head.querySelector("svg")) return;
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const numeric = column > 0 && rows.some((row) => value(row.cells[column]) !== null);
      const key = (row) => (numeric ? value(row.cells[column]) ?? -Infinity : row.cells[column].textContent.trim());
      rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (down ? -1 : 1));
      ordered = true;
      table.tBodies[0].append(...rows);
      filter();
    });
  });
}
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true)));
