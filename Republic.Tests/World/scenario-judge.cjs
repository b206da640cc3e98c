// Says which YAML files are scenarios, by other people's programs: node scenario-judge.cjs <node_modules> <schema> <folder>. One JSON line
// per file.
const fs = require('node:fs');
const path = require('node:path');

const [modules, schema, folder] = process.argv.slice(2);
const Ajv = require(path.join(modules, 'ajv', 'dist', '2020.js')).default;
const { parseDocument, visit } = require(path.join(modules, 'yaml'));
const isValid = new Ajv({ strict: false, strictNumbers: true }).compile(JSON.parse(fs.readFileSync(schema, 'utf8')));

// What YAML allows and scenarios do not have.
function isPlain(doc) {
  let plain = !doc.directives?.yaml.explicit && Object.keys(doc.directives?.tags ?? {}).length <= 1;
  visit(doc, {
    Alias() {
      plain = false;
      return visit.BREAK;
    },
    Node(_, node) {
      if (!node.anchor && !node.tag) return undefined;
      plain = false;
      return visit.BREAK;
    },
    Pair(_, pair) {
      if (pair.key?.items === undefined) return undefined;
      plain = false;
      return visit.BREAK;
    },
  });
  return plain;
}

function isScenario(text) {
  const doc = parseDocument(text, { version: '1.2', schema: 'core', merge: false, uniqueKeys: true, logLevel: 'error' });
  return doc.errors.length === 0 && isPlain(doc) && isValid(doc.toJS({ maxAliasCount: 0 }));
}

for (const name of fs.readdirSync(folder).sort()) {
  console.log(JSON.stringify({ name, isScenario: isScenario(fs.readFileSync(path.join(folder, name), 'utf8')) }));
}
