// Apollo Client: a list page by page, joined by its own Relay policy, and one
// concept that the cache answers the second time.
//   node apollo.mjs http://127.0.0.1:8080/graphql
import assert from 'node:assert/strict';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client/core';
import { relayStylePagination } from '@apollo/client/utilities';

let requests = 0;
const counted = (...a) => (requests++, fetch(...a));
const client = new ApolloClient({
  link: new HttpLink({ uri: process.argv[2], fetch: counted }),
  cache: new InMemoryCache({ typePolicies: { Query: { fields: { conditions: relayStylePagination() } } } }),
});

const page = gql`query Page($after: String) {
  conditions(first: 5, after: $after) { totalCount edges { cursor node { id name } } pageInfo { endCursor hasNextPage } }
}`;
let { data } = await client.query({ query: page });
while (data.conditions.pageInfo.hasNextPage) {
  await client.query({ query: page, variables: { after: data.conditions.pageInfo.endCursor }, fetchPolicy: 'network-only' });
  data = client.readQuery({ query: page });
}
const ids = data.conditions.edges.map((e) => e.node.id);
assert.equal(ids.length, data.conditions.totalCount);
assert.equal(new Set(ids).size, ids.length);

const one = gql`query One($id: ID!) { concept(id: $id) { id name signsAndSymptoms { edges { node { id name } statements { id modality } } } } }`;
const first = await client.query({ query: one, variables: { id: 'bells-palsy' } });
assert.equal(first.data.concept.name, "Bell's palsy");
const asked = requests;
const again = await client.query({ query: one, variables: { id: 'bells-palsy' } });
assert.deepEqual(again.data, first.data);
assert.equal(requests, asked, 'the second time the cache answers');

const wrong = await client.query({ query: gql`{ nothing }`, errorPolicy: 'all' }).catch((error) => ({ error }));
assert.match(JSON.stringify(wrong.error?.errors ?? wrong.error), /GRAPHQL_VALIDATION_FAILED/);
console.log(`Apollo Client: ${ids.length} conditions in pages of 5, ${requests} requests`);
client.stop();
