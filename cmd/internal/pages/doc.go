// Package pages is Plexus for people: pages that are made on the server and work
// without JavaScript.
//
// A page is a row of the table in pages.go, a GraphQL operation (queries/NAME.graphql)
// and a template (templates/NAME.html). The row says how the address becomes variables
// of the operation; the template shows the answer. Nothing else is asked: what a page
// shows, a client of the API can have too, by the operation that each page links to.
// Sentences are the API's (explanation).
//
// The whole state of a view is in its address: links are links, forms are GET. The
// words of the pages themselves are in text/, a file a language; names come in the
// language of the page where the data has them. What is stated is told in the words of
// the data.
package pages
