// Execution: random operations, which graphql-js executes too, on what Plexus answered; and
// the same with a word in the place of another, which graphql-js refuses or not as Plexus.
//   node execution.mjs http://127.0.0.1:8080/graphql schema.graphql [operations [seed]]
// Every field is resolved to what the answer has at its place, so that graphql-js says the
// same only if the answer has the fields that were asked for and no others, in their order,
// of the types of the schema, null only where that may be.
import assert from 'node:assert/strict';
import { buildSchema, executeSync, getNamedType, isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';

const [url, file, operations = '500', seed = String(Date.now() % 1e6)] = process.argv.slice(2);
const schema = buildSchema(readFileSync(file, 'utf8'));

let state = Number(seed);
const random = (n) => { // mulberry32
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % n;
};
const one = (list) => list[random(list.length)];

async function ask(query, variables) {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  return answer.json();
}
const { data: known } = await ask('{ concepts(first: 100) { nodes { id } } }');
const ids = known ? known.concepts.nodes.map((n) => n.id) : [];
assert.ok(ids.length > 0);

function literal(type, depth = 0) {
  if (isNonNullType(type)) return literal(type.ofType, depth);
  if (isListType(type)) return `[${literal(type.ofType, depth)}]`;
  if (isEnumType(type)) return one(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((f) => isNonNullType(f.type) || (depth < 2 && random(6) === 0));
    return `{${fields.map((f) => `${f.name}: ${literal(f.type, depth + 1)}`).join(' ')}}`;
  }
  switch (type.name) {
    case 'Int': return String(1 + random(3));
    case 'Float': return `0.${random(10)}`;
    case 'Boolean': return one(['true', 'false', '$yes', '$no']);
    case 'ID': return JSON.stringify(one(ids));
    default: return JSON.stringify(one(['face', 'cause', 'acute', 'a']));
  }
}

let fragments;
let aliases = 0;
function selection(type, depth) {
  const parts = ['type: __typename'];
  const fields = type.getFields ? Object.values(type.getFields()).filter((f) => !f.name.startsWith('_')) : [];
  for (let n = 1 + random(4); n > 0 && fields.length > 0; n--) {
    const field = one(fields);
    const leaf = isLeafType(getNamedType(field.type));
    if (!leaf && depth === 0) continue;
    const args = field.args.filter((a) => a.name === 'first' || isNonNullType(a.type) && a.defaultValue === undefined || (random(5) === 0 && a.name !== 'after' && a.name !== 'before')).map((a) => `${a.name}: ${literal(a.type)}`);
    const alias = args.length > 0 ? `${field.name}${++aliases}: ` : random(4) === 0 ? `${field.name}_: ` : '';
    parts.push(`${alias}${field.name}${args.length ? `(${args.join(' ')})` : ''}${directive()}${leaf ? '' : ` ${selection(getNamedType(field.type), depth - 1)}`}`);
  }
  const fits = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type, ...type.getInterfaces()];
  for (let n = random(3); n > 0 && depth > 0; n--) {
    const on = one(fits);
    const body = selection(on, depth - 1);
    if (random(2) === 0) {
      parts.push(`...${random(3) === 0 && on === type ? '' : ` on ${on.name}`}${directive()} ${body}`);
    } else {
      parts.push(`...F${fragments.length}${directive()}`);
      fragments.push(`fragment F${fragments.length} on ${on.name} ${body}`);
    }
  }
  if (random(3) === 0) parts.push(one(parts)); // the same once more
  return `{ ${parts.join(' ')} }`;
}
function directive() {
  return random(6) === 0 ? ` @${one(['skip', 'include'])}(if: ${one(['true', 'false', '$yes', '$no'])})` : '';
}

const variableValues = { yes: true, no: false };
let refused = 0;
let same = 0;
let objects = 0;

// sent asks Plexus, which has to refuse what graphql-js refuses, or what is above its limits.
async function sent(query) {
  let theirs;
  try {
    if (validate(schema, parse(query)).length > 0) theirs = 'GRAPHQL_VALIDATION_FAILED';
  } catch {
    theirs = 'GRAPHQL_PARSE_FAILED';
  }
  const told = await ask(query, variableValues);
  const ours = told.data === undefined ? told.errors[0].extensions.code : undefined;
  if (ours !== 'LIMIT_EXCEEDED') assert.equal(ours, theirs, `seed ${seed}: ${query}`);
  if (theirs !== undefined) refused++;
  return told;
}

for (let tried = 0; same < Number(operations) && tried < 100 * Number(operations); tried++) {
  fragments = [];
  const body = selection(schema.getQueryType(), 4);
  const query = `query($yes: Boolean!, $no: Boolean!) { ...Root used: __typename @include(if: $yes) @skip(if: $no) } fragment Root on Query ${body} ${fragments.join(' ')}`;
  const words = query.split(/\b/);
  const names = [...words.keys()].filter((at) => /\w/.test(words[at]));
  words[one(names)] = words[one(names)];
  await sent(words.join(''));
  const told = await sent(query);
  if (told.data === undefined) continue;
  if (told.data === null) continue; // an error of a field that cannot be null
  const { data, errors } = executeSync({ schema, document: parse(query), variableValues, rootValue: told.data, fieldResolver: (source, _args, _context, { path }) => source[path.key], typeResolver: (value) => value.type });
  assert.equal(errors, undefined, `seed ${seed}: ${errors?.[0]}\n${query}`);
  assert.equal(JSON.stringify(told.data), JSON.stringify(data), `seed ${seed}: ${query}`);
  for (const fault of told.errors ?? []) { // names places in the answer
    let here = told.data;
    for (const step of fault.path) {
      if (here !== null) assert.ok(Object.hasOwn(here, step), `seed ${seed}: ${fault.path}\n${query}`);
      here = here === null ? null : here[step];
    }
    assert.equal(here, null, `seed ${seed}: ${fault.path}\n${query}`);
  }
  same++;
  objects += JSON.stringify(told.data).split('"type":').length - 1;
}
assert.equal(same, Number(operations));
assert.ok(refused > same / 4);
console.log(`execution: seed ${seed}, ${same} operations, ${objects} objects, ${refused} refused, as graphql-js has them`);
