// Introspection: what graphql-js builds from it is the printed SDL, interfaces
// are of object types, and nothing is offered that is not kept.
//   node introspection.mjs http://127.0.0.1:8080/graphql schema.graphql
import assert from 'node:assert/strict';
import { diff } from '@graphql-inspector/core';
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { readFileSync } from 'node:fs';

async function ask(query) {
  const answer = await fetch(process.argv[2], { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });
  return answer.json();
}

const { data, errors } = await ask(getIntrospectionQuery({ specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true }));
assert.equal(errors, undefined);
const told = buildClientSchema(data);
const printed = buildSchema(readFileSync(process.argv[3], 'utf8'));
// Printed and read again, so that a deprecation is a directive in both.
assert.deepEqual((await diff(printed, buildSchema(printSchema(told)))).map((c) => c.message), []);
assert.equal(printSchema(lexicographicSortSchema(told)), printSchema(lexicographicSortSchema(printed)));

let interfaces = 0;
for (const { kind, name, possibleTypes } of data.__schema.types) {
  if (kind !== 'INTERFACE') continue;
  const objects = printed.getPossibleTypes(printed.getType(name)).map((t) => t.name);
  assert.deepEqual(possibleTypes.map((t) => t.name).sort(), objects.sort(), name);
  interfaces++;
}
assert.ok(interfaces > 0);

const offered = data.__schema.directives.map((d) => d.name);
assert.ok(!offered.includes('defer') && !offered.includes('stream'), `${offered}`);
const deprecated = data.__schema.directives.find((d) => d.name === 'deprecated');
assert.deepEqual(deprecated.args.map((a) => `${a.name}: ${a.type.ofType?.name}! = ${a.defaultValue}`), ['reason: String! = "No longer supported"']);
const meta = (await ask('{ __schema { types { name fields { name args { name defaultValue type { kind ofType { name } } } } } } }')).data.__schema.types;
const including = meta.filter((t) => t.name.startsWith('__')).flatMap((t) => (t.fields ?? []).flatMap((f) => f.args.map((a) => `${t.name}.${f.name} ${a.name}: ${a.type.ofType?.name}! = ${a.defaultValue}`)));
assert.deepEqual(including.sort(), ['__Directive.args', '__Field.args', '__Type.enumValues', '__Type.fields', '__Type.inputFields'].map((f) => `${f} includeDeprecated: Boolean! = false`));
const deferred = await ask('{ ... @defer { dataset { version } } }');
assert.match(deferred.errors[0].message, /Unknown directive "@defer"/);
assert.equal(data.__schema.subscriptionType, null);
console.log(`introspection: ${data.__schema.types.length} types, as printed; directives ${offered.join(', ')}`);
