// The public audit of GraphQL over HTTP, on a running server:
//   node audit.mjs http://127.0.0.1:8080/graphql
import { auditServer } from 'graphql-http';

const results = await auditServer({ url: process.argv[2] });
for (const r of results) {
  if (r.status !== 'ok') console.log(`${r.status}: ${r.name}: ${r.reason}`);
}
console.log(`${results.filter((r) => r.status === 'ok').length} of ${results.length} ok`);
process.exitCode = results.every((r) => r.status === 'ok') ? 0 : 1;
