// Holds compose.yml against the schema of the Compose specification, which dclint brings along, and
// every object in kubernetes.yaml against the schema of its kind. Ends with 1 if any does not hold.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { parse, parseAllDocuments } from "yaml";

function read(path) {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

function told(what, errors) {
  console.log(errors.length === 0 ? `ok: ${what}` : `${what}:\n  ${errors.join("\n  ")}`);
  if (errors.length > 0) {
    process.exitCode = 1;
  }
}

function checkCompose() {
  // The rest: Ajv knows draft 7 under another name.
  const { $schema, ...schema } = JSON.parse(
    read("node_modules/dclint/schemas/compose.schema.json"),
  );
  // What a duration or a port looks like is said in words only.
  const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const fits = valid(parse(read("../compose.yml"), { merge: true }));
  told("compose.yml", fits ? [] : valid.errors.map((it) => `${it.instancePath} ${it.message}`));
}

async function kindOf({ apiVersion, kind }) {
  return (await import(`kubernetes-models/${apiVersion}/${kind}`))[kind];
}

async function checkObject(document) {
  const object = document.toJS();
  const name = `kubernetes.yaml, ${object.kind} ${object.metadata.name}`;
  try {
    const Kind = await kindOf(object);
    new Kind(object).validate();
    told(name, document.errors);
  } catch (failure) {
    told(name, [failure.message]);
  }
}

checkCompose();
for (const document of parseAllDocuments(read("../kubernetes.yaml"))) {
  await checkObject(document);
}
