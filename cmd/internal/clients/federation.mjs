// Apollo Federation: the running server composed with two other subgraphs, and
// queries over all three, planned by Apollo's own planner.
//   node federation.mjs http://127.0.0.1:8080/graphql
import assert from 'node:assert/strict';
import { composeServices } from '@apollo/composition';
import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

const url = process.argv[2];
const federation = (imports) => `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ${JSON.stringify(imports)})`;

// reviews knows one kind of concepts, and has lists as Relay defines them.
const reviews = {
  typeDefs: parse(`${federation(['@key', '@shareable'])}
    type Query { reviews: ReviewConnection! }
    type ReviewConnection { nodes: [Review!]! pageInfo: PageInfo! }
    type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
    type Review { note: String! about: Condition! }
    type Condition @key(fields: "id") { id: ID! reviews: [Review!]! }`),
  resolvers: {
    Query: { reviews: () => ({ nodes: all, pageInfo: { hasNextPage: false, hasPreviousPage: false } }) },
    Condition: { reviews: ({ id }) => all.filter((r) => r.about.id === id) },
  },
};
const all = [{ note: 'clear', about: { id: 'bells-palsy' } }, { note: 'too short', about: { id: 'focal-epilepsy' } }];

// bookmarks knows concepts whatever their kind.
const bookmarks = {
  typeDefs: parse(`${federation(['@key', '@interfaceObject'])}
    type Query { bookmarks: [Concept!]! }
    type Concept @key(fields: "id") @interfaceObject { id: ID! bookmarked: Boolean! }`),
  resolvers: {
    Query: { bookmarks: () => [{ id: 'eeg' }, { id: 'bells-palsy' }] },
    Concept: { bookmarked: ({ id }) => ['eeg', 'bells-palsy'].includes(id) },
  },
};

// ask asks one of the three.
const local = { reviews: buildSubgraphSchema(reviews), bookmarks: buildSubgraphSchema(bookmarks) };
const asked = [];
async function ask(service, query, variables) {
  asked.push(service);
  const answer = local[service]
    ? await graphql({ schema: local[service], source: query, variableValues: variables })
    : await (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables }) })).json();
  assert.equal(answer.errors, undefined, `${service}: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}

const { sdl } = (await ask('plexus', '{ _service { sdl } }'))._service;
const { supergraphSdl, errors } = composeServices([
  { name: 'plexus', url, typeDefs: parse(sdl) },
  { name: 'reviews', typeDefs: reviews.typeDefs },
  { name: 'bookmarks', typeDefs: bookmarks.typeDefs },
]);
assert.equal(errors, undefined, errors?.map((e) => e.message).join('\n'));

const supergraph = Supergraph.build(supergraphSdl);
const planner = new QueryPlanner(supergraph);

// merge puts what a service answers into what is there.
function merge(into, from) {
  for (const [key, value] of Object.entries(from)) {
    if (value && typeof value === 'object' && into[key]) merge(into[key], value);
    else into[key] = value;
  }
}

// at lists the objects at the path of a plan.
function at(data, path) {
  return path.reduce((found, key) => found.flatMap((o) => (key === '@' ? o : o[key])), [data]);
}

// run follows a plan, as a router does.
async function run(node, data) {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) await run(child, data);
      break;
    case 'Fetch':
      merge(data, await ask(node.serviceName, node.operation));
      break;
    case 'Flatten': {
      const objects = at(data, node.path);
      const type = node.node.inputRewrites?.[0].setValueTo;
      const representations = objects.map(({ __typename, id }) => ({ __typename: type ?? __typename, id }));
      const { _entities } = await ask(node.node.serviceName, node.node.operation, { representations });
      objects.forEach((o, i) => merge(o, _entities[i]));
      break;
    }
    default:
      throw new Error(`a router would know what to do with ${node.kind}`);
  }
  return data;
}

async function query(text) {
  asked.length = 0;
  const plan = planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(text)));
  return run(plan.node, {});
}

const noted = await query('{ reviews { nodes { note about { name tests { nodes { name } } } } } }');
assert.deepEqual(noted.reviews.nodes.map((r) => [r.note, r.about.name, r.about.tests.nodes.length]), [['clear', "Bell's palsy", 0], ['too short', 'Focal epilepsy', 2]]);
assert.deepEqual(asked, ['reviews', 'plexus']);

const { condition } = await query('{ condition(id: "bells-palsy") { name reviews { note } } }');
assert.deepEqual([condition.name, condition.reviews.map((r) => r.note)], ["Bell's palsy", ['clear']]);
assert.deepEqual(asked, ['plexus', 'reviews']);

const marked = await query('{ bookmarks { __typename name } }');
assert.deepEqual(marked.bookmarks.map((b) => [b.__typename, b.name]), [['Test', 'Electroencephalogram'], ['Condition', "Bell's palsy"]]);
assert.deepEqual(asked, ['bookmarks', 'plexus']);

const { symptom } = await query('{ symptom(id: "facial-twitching") { causes { nodes { name bookmarked } } } }');
assert.deepEqual(symptom.causes.nodes.map((c) => [c.name, c.bookmarked]), [["Bell's palsy", true], ['Focal epilepsy', false], ['Focal seizure involving the face', false]]);
assert.deepEqual(asked, ['plexus', 'bookmarks']);

console.log('composed with 2 other subgraphs; 4 queries go from each of them to the other and back');
