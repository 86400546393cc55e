// node xsd.mjs SCHEMA DOCUMENT…
// Validates XML documents against an XML Schema with libxml2.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { validateXML } from "xmllint-wasm";

const [schemaFile, ...documents] = process.argv.slice(2);
const result = await validateXML({
  xml: documents.map((file) => ({ fileName: basename(file), contents: readFileSync(file, "utf8") })),
  schema: [readFileSync(schemaFile, "utf8")],
});
if (!result.valid) {
  console.error(result.errors.map((e) => e.rawMessage).join("\n"));
  process.exitCode = 1;
}
