// graphql-inspector: what a change of the schema breaks for clients.
//   node inspect.mjs released.graphql schema.graphql
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';

const [released, current] = process.argv.slice(2).map((f) => buildSchema(readFileSync(f, 'utf8')));
const changes = await diff(released, current);
for (const c of changes) console.log(`${c.criticality.level}: ${c.message}`);
const breaking = changes.filter((c) => c.criticality.level === CriticalityLevel.Breaking).length;
console.log(`${changes.length} changes, ${breaking} breaking`);
process.exitCode = breaking > 0 ? 1 : 0;
