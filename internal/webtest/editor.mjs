// node editor.mjs CASES
// Opens files in yaml-language-server, as an editor does, and prints what it shows:
// for each file {path, text?, hovers?, completions?} of the JSON list CASES its
// diagnostics, and what hovering and completing show at its places, which are
// {line, character} from 0.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const server = join(dirname(fileURLToPath(import.meta.url)), "node_modules", "yaml-language-server", "out", "server", "src", "server.js");
const files = JSON.parse(readFileSync(process.argv[2], "utf8"));
const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const settings = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } },
  http: {},
};

let next = 0;
const waiting = new Map();
const diagnosed = new Map();

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  child.stdin.write(body);
}

function request(method, params) {
  const id = ++next;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    send({ id, method, params });
  });
}

function receive(message) {
  if (message.method === "textDocument/publishDiagnostics") {
    diagnosed.get(message.params.uri)?.(message.params.diagnostics);
  } else if (message.method && message.id !== undefined) {
    send({ id: message.id, result: message.method === "workspace/configuration" ? message.params.items.map((item) => settings[item.section] ?? {}) : null });
  } else if (waiting.has(message.id)) {
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    message.error ? reject(new Error(message.error.message)) : resolve(message.result);
  }
}

let buffer = Buffer.alloc(0);
child.stdout.on("data", (chunk) => {
  buffer = Buffer.concat([buffer, chunk]);
  for (;;) {
    const end = buffer.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString("latin1", 0, end))[1]);
    if (buffer.length < end + 4 + length) return;
    const message = JSON.parse(buffer.toString("utf8", end + 4, end + 4 + length));
    buffer = buffer.subarray(end + 4 + length);
    receive(message);
  }
});

const capabilities = {
  workspace: { configuration: true },
  textDocument: {
    hover: { contentFormat: ["markdown"] },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
    publishDiagnostics: {},
  },
};
await request("initialize", { processId: process.pid, rootUri: null, capabilities, workspaceFolders: null });
send({ method: "initialized", params: {} });
send({ method: "workspace/didChangeConfiguration", params: { settings } });

// The server waits a little before it looks at a file, so all are opened at once.
async function show(file) {
  const uri = pathToFileURL(file.path).href;
  const seen = new Promise((resolve) => diagnosed.set(uri, resolve));
  const text = file.text ?? readFileSync(file.path, "utf8");
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  const at = (position) => ({ textDocument: { uri }, position });
  const hovers = (file.hovers ?? []).map(async (position) => (await request("textDocument/hover", at(position)))?.contents.value ?? "");
  const completions = (file.completions ?? []).map(async (position) => {
    const list = await request("textDocument/completion", at(position));
    return list.items.map((item) => ({ label: item.label, text: item.textEdit?.newText ?? item.insertText, about: item.documentation?.value ?? item.documentation ?? "" }));
  });
  return {
    diagnostics: (await seen).map((found) => ({ line: found.range.start.line, message: found.message })),
    hovers: await Promise.all(hovers),
    completions: await Promise.all(completions),
  };
}

const results = await Promise.all(files.map(show));
await request("shutdown", null);
send({ method: "exit" });
console.log(JSON.stringify(results));
