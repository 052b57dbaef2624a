// urql: a query by POST and by GET, and an error with its code.
//   node urql.mjs http://127.0.0.1:8080/graphql
import assert from 'node:assert/strict';
import { Client, cacheExchange, fetchExchange } from '@urql/core';

for (const preferGetMethod of [false, 'force']) {
  const client = new Client({ url: process.argv[2], preferGetMethod, exchanges: [cacheExchange, fetchExchange] });
  const { data, error } = await client.query('query Q($id: ID!) { concept(id: $id) { __typename id signsAndSymptoms { nodes { id name } } } }', { id: 'bells-palsy' }).toPromise();
  assert.equal(error, undefined);
  assert.equal(data.concept.__typename, 'Condition');
  assert.ok(data.concept.signsAndSymptoms.nodes.length > 0);
  const wrong = await client.query('{ concept(id: "") { id } }', {}).toPromise();
  assert.equal(wrong.error.graphQLErrors[0].extensions.code, 'BAD_ID');
  assert.equal(wrong.data.concept, null);
}
console.log('urql: POST and GET');
