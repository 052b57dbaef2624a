// The Relay compiler on the printed SDL: a refetchable, paginated fragment.
//   node relay.mjs schema.graphql
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import relayCompiler from 'relay-compiler';

const dir = mkdtempSync(join(tmpdir(), 'plexus-relay-'));
mkdirSync(join(dir, 'src'));
copyFileSync(process.argv[2], join(dir, 'schema.graphql'));
writeFileSync(join(dir, 'src', 'Conditions.js'), `
import { graphql } from 'relay-runtime';
graphql\`
  fragment Conditions_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "ConditionsPaginationQuery") {
    conditions(first: $count, after: $cursor) @connection(key: "Conditions_conditions") {
      edges { node { id name ...Conditions_concept } }
    }
  }\`;
graphql\`
  fragment Conditions_concept on Concept {
    name
    signsAndSymptoms(first: 5) { edges { node { id name } statements { id modality frequency } } }
  }\`;
graphql\`query ConditionsQuery { ...Conditions_query }\`;
graphql\`query ConditionsNodeQuery($id: ID!) { node(id: $id) { id ... on Condition { name } } }\`;
`);
writeFileSync(join(dir, 'relay.config.json'), JSON.stringify({ src: './src', schema: './schema.graphql', language: 'javascript', eagerEsModules: true }));
writeFileSync(join(dir, 'package.json'), '{"name":"app","private":true}');
execFileSync(relayCompiler, ['relay.config.json'], { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
const made = readdirSync(join(dir, 'src', '__generated__'));
if (made.length < 5) throw new Error(`the compiler wrote ${made}`);
console.log(`relay-compiler: ${made.length} artifacts`);
