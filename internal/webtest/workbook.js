// node workbook.js FILE.xlsx ...
// Reads workbooks with exceljs and prints of each its sheets, how many formulas and
// links it holds, and the text of each cell.
const ExcelJS = require("exceljs");

async function readOne(file) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const read = { sheets: [], formulas: 0, links: 0, cells: {} };
  workbook.eachSheet((sheet) => {
    read.sheets.push(sheet.name);
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.formula) read.formulas++;
        if (cell.hyperlink) read.links++;
        read.cells[sheet.name + "!" + cell.address] = cell.text;
      }),
    );
  });
  return read;
}

(async () => {
  const all = [];
  for (const file of process.argv.slice(2)) all.push(await readOne(file));
  console.log(JSON.stringify(all));
})();
