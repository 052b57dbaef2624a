// Coercion: what graphql-js makes of the values of a variable, and of the same values
// as literals, for a comparison with what Plexus makes of them.
//   node coerce.mjs schema.graphql cases.json
// cases.json lists objects with a type and a value, which is JSON as text; with a
// literal that literal is the default. For each case a line is printed: {"value": …}, or
// {"error": …} where the value does not fit.
import { buildSchema, getVariableValues, isInputObjectType, getNamedType, parse, validate, ValuesOfCorrectTypeRule } from 'graphql';
import { readFileSync } from 'node:fs';

const schema = buildSchema(readFileSync(process.argv[2], 'utf8'));

// given leaves out the defaults of the fields of input objects: Plexus fills them in
// when it runs the operation.
function given(type, raw, value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item, i) => given(type, Array.isArray(raw) ? raw[i] : raw, item));
  if (!isInputObjectType(type)) return value;
  const kept = Object.entries(value).filter(([name]) => raw[name] !== undefined);
  return Object.fromEntries(kept.map(([name, v]) => [name, given(getNamedType(type.getFields()[name].type), raw[name], v)]));
}

for (const c of JSON.parse(readFileSync(process.argv[3], 'utf8'))) {
  const document = parse(`query ($v: ${c.type}${c.literal ? ` = ${c.literal}` : ''}) { __typename }`);
  const raw = JSON.parse(c.value);
  const wrong = validate(schema, document, [ValuesOfCorrectTypeRule]);
  const { errors, coerced } = wrong.length > 0 ? { errors: wrong }
    : getVariableValues(schema, document.definitions[0].variableDefinitions, c.literal ? {} : { v: raw });
  const type = getNamedType(schema.getType(c.type.replace(/[[\]!]/g, '')));
  console.log(JSON.stringify(errors ? { error: errors[0].message } : { value: given(type, raw, coerced.v) }));
}
