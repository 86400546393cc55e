// node resave.js PROGRAM FILE OUT
// Does to a workbook what assessors do in other programs, and saves it with exceljs or
// SheetJS: rows sorted the other way round without the hidden first column (exceljs),
// or columns reversed and styles gone (SheetJS), and a verdict written into each row of
// Checks whose note says what the row is about. With "part" exceljs sorts no more than
// the columns from the verdict to the sample.
const [program, file, out] = process.argv.slice(2);
const FIRST = 3;

// fill writes the verdicts into rows of texts, the first of which names the columns.
function fill(rows) {
  const ids = rows[0];
  const at = (id) => ids.indexOf(id);
  for (const row of rows.slice(FIRST - 1)) {
    row[at("verdict")] = "met";
    row[at("method")] = "interview; test";
    row[at("deadline")] = "2027年3月31日";
    row[at("note")] = [row[at("platform")], row[at("check")], row[at("item")]].filter(Boolean).join(" ");
  }
}

async function exceljs(part) {
  const ExcelJS = require("exceljs");
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const sheet = book.getWorksheet("Checks");
  const rows = [];
  for (let r = 1; r <= sheet.rowCount; r++) {
    const row = [];
    for (let c = 1; c <= sheet.columnCount; c++) row.push(sheet.getCell(r, c).text || null);
    rows.push(row);
  }
  fill(rows);
  const from = part ? rows[0].indexOf("verdict") : 1;
  const to = part ? rows[0].indexOf("sample") : rows[0].length;
  rows.slice(FIRST - 1).forEach((row, i) => {
    const sorted = rows[rows.length - 1 - i];
    row.forEach((own, c) => {
      if (c > 0) sheet.getCell(FIRST + i, c + 1).value = c >= from && c <= to ? sorted[c] : own;
    });
  });
  await book.xlsx.writeFile(out);
}

function sheetjs() {
  const XLSX = require("xlsx");
  const book = XLSX.readFile(file);
  const rows = XLSX.utils.sheet_to_json(book.Sheets.Checks, { header: 1, defval: null });
  const width = Math.max(...rows.map((row) => row.length));
  for (const row of rows) while (row.length < width) row.push(null);
  fill(rows);
  for (const row of rows) row.reverse();
  book.Sheets.Checks = XLSX.utils.aoa_to_sheet(rows);
  XLSX.writeFile(book, out);
}

Promise.resolve({ exceljs, sheetjs, part: () => exceljs(true) }[program]()).catch((error) => {
  console.error(error);
  process.exit(1);
});
