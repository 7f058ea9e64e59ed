// Click a heading of a sortable table to order its rows by that column; once more for the other direction.
for (const table of document.querySelectorAll("table.sortable")) {
  const value = (cell) => {
    const words = cell.textContent.trim().replace(/[,$<>%]/g, "").replace("−", "-");
    const number = parseFloat(words);
    return Number.isNaN(number) ? null : number;
  };
  table.querySelectorAll("thead th").forEach((head, column) => {
    if (head.querySelector("svg")) return;
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
      const numeric = column > 0 && rows.some((row) => value(row.cells[column]) !== null);
      const key = (row) => (numeric ? value(row.cells[column]) ?? -Infinity : row.cells[column].textContent.trim());
      rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (down ? -1 : 1));
      table.querySelectorAll("tr.group").forEach((row) => (row.hidden = true));
      table.tBodies[0].append(...rows);
    });
  });
}
