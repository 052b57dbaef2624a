// graphql-codegen on the printed SDL: types of the schema and of an operation,
// which the TypeScript compiler then accepts.
//   node codegen.mjs schema.graphql
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, printSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const schema = buildSchema(readFileSync(process.argv[2], 'utf8'));
const document = parse(`
  query Walk($id: ID!, $first: Int) {
    symptom(id: $id) { name causes(first: $first) { edges { node { __typename id name tests { nodes { name } } } statements { modality frequency } } } }
  }`);
const text = await codegen({
  filename: 'types.ts',
  schema: parse(printSchema(schema)),
  documents: [{ location: 'walk.graphql', document }],
  config: { strictScalars: true },
  plugins: [{ typescript: {} }, { operations: {} }],
  pluginMap: { typescript, operations },
});
const use = `${text}
const walked = (q: WalkQuery): string[] => q.symptom?.causes.edges.map((e) => e.node.name + e.statements.map((s) => s.modality ?? 'not stated')) ?? [];
export default walked;`;
const file = ts.createSourceFile('types.ts', use, ts.ScriptTarget.ES2022, true);
const host = ts.createCompilerHost({});
const original = host.getSourceFile.bind(host);
host.getSourceFile = (name, ...rest) => (name === 'types.ts' ? file : original(name, ...rest));
const program = ts.createProgram(['types.ts'], { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, types: [] }, host);
const faults = ts.getPreEmitDiagnostics(program).map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'));
if (faults.length > 0) throw new Error(faults.join('\n'));
if (!/modality\?: /.test(text)) throw new Error('no modality in the types');
console.log(`graphql-codegen: ${text.split('\n').length} lines of types`);
