// Package web is the page at which people meet the graph: a GraphiQL
// playground with examples to run, at /playground.
//
// The page must work where there is no internet. GraphiQL, React and the query
// explorer therefore come from npm in a build step (npm ci && npm run build in
// this folder) and are compiled into the command. libraries.json names each
// file with its version and hash; a clean clone has none of them, and then the
// same page loads the same files from a CDN, checked against the same hashes by
// the browser. [Offline] tells which of the two a command does.
//
// [Handler] serves the page. It holds no script and no style of its own, only
// links to files beside it, and is sent with a Content-Security-Policy that
// says so. All files lie below one path that is derived from their content, so
// that browsers may keep them forever and never mix two versions.
//
// The examples are GraphQL documents in the folder examples, one a file, the
// title and a description in the comment at the top; [Examples] gives them to
// the page and to whoever wants to run them. A new file is a new entry in the
// page, in the order of the file names.
//
// A link to the page may carry a query and its variables in its fragment
// (#query=…&variables=…). The fragment never reaches the server: what somebody
// asks about is not in its logs.
package web
