// Suite: the tests of graphql-js for validation and execution, as data.
//   node suite.mjs GRAPHQL_JS
// GRAPHQL_JS is a folder with the sources of graphql-js, or a Git repository of them. The
// tests run on the sources there, and what they give to validate and execute is written
// down with what it answers; what they expect of it is not asked. Printed is one object:
// schemas, a list of SDL; validation, a list of {test, rule, schema, query, errors};
// execution, a list of {test, schema, query, variables, operation, refused, invalid,
// errors}, where refused says that nothing was executed, and invalid that the document is
// not valid, which execution does not ask.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

let root = process.argv[2];
if (!existsSync(join(root, 'src'))) {
  const repository = root;
  root = mkdtempSync(join(tmpdir(), 'graphql-js-'));
  process.on('exit', () => rmSync(root, { recursive: true, force: true }));
  const archive = execFileSync('git', ['-C', repository, 'archive', 'HEAD', 'src'], { maxBuffer: 1 << 28 });
  execFileSync('tar', ['-x', '-C', root], { input: archive });
}

const require = createRequire(import.meta.url);
Module._extensions['.ts'] = (module, name) => {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  module._compile(ts.transpileModule(readFileSync(name, 'utf8'), { compilerOptions: options, fileName: name }).outputText, name);
};

// What stands in for mocha runs the tests later, one after the other; what stands in for
// chai finds everything right.
const names = [];
const tests = [];
const describe = (name, body) => {
  names.push(name);
  body();
  names.pop();
};
const it = (name, body) => tests.push({ name: [...names, name].join(' / '), body });
const anything = new Proxy(() => {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : key === 'then' ? undefined : anything), apply: () => anything });
const stubs = { mocha: { describe, it, before() {}, beforeEach() {}, after() {}, afterEach() {} }, chai: { expect: anything, assert: anything } };
const load = Module._load;
Module._load = (request, ...rest) => stubs[request] ?? load(request, ...rest);

const source = (path) => require(join(root, 'src', path));
const { printSchema } = source('utilities/printSchema.ts');
const found = { schemas: [], validation: [], execution: [] };
let current;

function numberOf(schema) {
  const sdl = printSchema(schema);
  const at = found.schemas.indexOf(sdl);
  return at >= 0 ? at : found.schemas.push(sdl) - 1;
}
const plain = (errors = []) => errors.map((e) => ({ message: e.message, locations: e.locations ?? [], path: e.path }));

const validation = source('validation/validate.ts');
const { validate } = validation;
validation.validate = (schema, document, rules, ...rest) => {
  const errors = validate(schema, document, rules, ...rest);
  if (rules?.length === 1 && document.loc) {
    try {
      found.validation.push({ test: current, rule: rules[0].name, schema: numberOf(schema), query: document.loc.source.body, errors: plain(errors) });
    } catch { /* a schema that is none */ }
  }
  return errors;
};

const execution = source('execution/execute.ts');
for (const name of ['execute', 'executeSync']) {
  const run = execution[name];
  execution[name] = (args) => {
    const test = current;
    const note = (result) => {
      try {
        found.execution.push({
          test, schema: numberOf(args.schema), query: args.document.loc.source.body, variables: args.variableValues ?? {}, operation: args.operationName ?? '',
          refused: result.data === undefined, invalid: validate(args.schema, args.document).length > 0, errors: plain(result.errors),
        });
      } catch { /* a schema, or a document, that is none */ }
      return result;
    };
    const result = run(args);
    return typeof result?.then === 'function' ? result.then(note) : note(result);
  };
}

for (const folder of ['validation', 'execution']) {
  for (const name of readdirSync(join(root, 'src', folder, '__tests__')).filter((n) => n.endsWith('-test.ts')).sort()) {
    names.push(`${folder}/${name}`);
    try {
      source(join(folder, '__tests__', name));
    } catch (e) {
      console.error(`${name}: ${e.message}`);
    }
    names.pop();
  }
}
for (const { name, body } of tests) {
  current = name;
  try {
    await Promise.race([body(), new Promise((done) => setTimeout(done, 1000).unref())]);
  } catch { /* chai's answers lead nowhere */ }
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
