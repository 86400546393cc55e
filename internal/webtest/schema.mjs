// node schema.mjs SCHEMA DOCUMENT…
// Validates JSON documents against a JSON Schema of draft 7 or 2020-12.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [schemaFile, ...documents] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const schema = read(schemaFile);
const Validator = String(schema.$schema).includes("2020-12") ? Ajv2020 : Ajv;
const ajv = new Validator({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);
for (const file of documents) {
  if (!validate(read(file))) {
    console.error(file + ": " + ajv.errorsText(validate.errors));
    process.exitCode = 1;
  }
}
