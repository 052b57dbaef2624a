// Links that carry a query: #query=…&variables=…
// It is the fragment, so that what somebody asks about reaches no server and no
// log; ?query=… is read too, because other playgrounds write it.

function read(parameters) {
  const query = parameters.get("query");
  return query ? { query, variables: parameters.get("variables") ?? "" } : null;
}

// linkedQuery returns the query and variables that the address names, or null.
export function linkedQuery() {
  return read(new URLSearchParams(location.hash.slice(1))) ?? read(new URLSearchParams(location.search));
}

// linkTo returns the address of this page with a query in it.
export function linkTo({ query, variables }) {
  const parameters = new URLSearchParams({ query });
  if (variables.trim()) parameters.set("variables", variables);
  const url = new URL(location.pathname, location.href);
  url.hash = parameters.toString();
  return url.href;
}

// forgetLink clears the address once the editors no longer show what it names:
// a reload must not bring back an older query.
export function forgetLink(shown) {
  const link = linkedQuery();
  if (link && Object.entries(shown).some(([key, text]) => text !== link[key])) {
    history.replaceState(null, "", location.pathname);
  }
}
