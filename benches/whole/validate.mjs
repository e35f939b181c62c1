// js-yaml and ajv over the plans of a folder: node validate.mjs SCHEMAS FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const [schemas, folder] = process.argv.slice(2);
const load = createRequire(join(process.env.PEERS, "node_modules/"));
const Ajv = load("ajv/dist/2020").default;
const yaml = load("js-yaml");
// The formats are of our own making, and no other program knows them.
const ajv = new Ajv({ strict: false, validateFormats: false });
const compile = (name) => ajv.compile(JSON.parse(readFileSync(join(schemas, `${name}.json`), "utf8")));
const kinds = { plan: compile("plan"), report: compile("report") };
let wrong = 0;
for (const name of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".yaml"))) {
  const tree = yaml.load(readFileSync(join(folder, name), "utf8"), { schema: yaml.CORE_SCHEMA });
  const check = kinds[tree.kind];
  if (!check(tree)) {
    console.error(name, check.errors[0]);
    wrong += 1;
  }
}
process.exit(wrong ? 1 : 0);
