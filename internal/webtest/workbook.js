// node workbook.js FILE.xlsx
// Reads a workbook with exceljs and prints its sheets, how many formulas and
// links it holds, and the text of each cell.
const ExcelJS = require("exceljs");

(async () => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(process.argv[2]);
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
  console.log(JSON.stringify(read));
})();
