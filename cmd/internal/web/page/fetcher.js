// fetcherOf returns the function by which GraphiQL asks the endpoint. What keeps
// an answer from arriving it says in one line, which GraphiQL shows in the
// answer's place; of an exception it would show the stack.
export const fetcherOf = (endpoint) => async (request, options) => {
  const headers = new Headers({ "Content-Type": "application/json", ...options?.headers });
  let response;
  try {
    response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(request) });
  } catch {
    return `the server does not answer at ${endpoint}: is plexus serve still running?`;
  }
  try {
    return await response.json();
  } catch {
    return `the server answers at ${endpoint} with status ${response.status}, and not with JSON: is it plexus serve?`;
  }
};
