// Reads lines of {schema, text} and says how many texts are JSON that satisfies its schema, or which do not.
const path = require('node:path');
const Ajv = require(path.join(process.argv[2], 'ajv', 'dist', '2020.js')).default;
const formats = {
  date: text => /^\d{4}-\d\d-\d\d$/.test(text) && isDate(text),
  time: text => isDate(`2026-01-01T${text}`),
  'date-time': text => /^\d{4}-\d\d-\d\dT/.test(text) && isDate(text.slice(0, 10)) && isDate(text),
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  ipv4: text => require('node:net').isIPv4(text),
  email: /^[^@ ]+@[^@ ]+\.[^@ ]+$/,
  uri: text => URL.canParse(text),
  hostname: text => URL.canParse(`https://${text}`),
};

function isDate(text) {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && (text.length > 10 || date.toISOString().startsWith(text));
}

const wrong = [];
let good = 0;
for (const line of require('node:fs').readFileSync(0, 'utf8').split('\n')) {
  const { schema, text } = JSON.parse(line);
  try {
    const validate = new Ajv({ strict: false, logger: false, formats }).compile(schema);
    if (validate(JSON.parse(text))) good++;
    else wrong.push(`${text}\n  ${JSON.stringify(schema)}\n  ${JSON.stringify(validate.errors)}`);
  } catch (error) {
    wrong.push(`${text}\n  ${JSON.stringify(schema)}\n  ${error.message}`);
  }
}
console.log(wrong.length === 0 ? `${good} satisfy their schemas` : wrong.slice(0, 5).join('\n'));
