// What makes the pages more comfortable; they work without it.

// Links of before: the playground was at /, with its query in the fragment.
if (location.pathname === "/" && location.hash.startsWith("#query=")) {
  location.replace("/playground" + location.hash);
}

// Search fields offer what a text may be on its way to.
const query = `query Complete($text: String!, $language: [String!]) {
  complete(text: $text, language: $language, first: 8) { node { name(language: $language) } matched { text } }
}`;
const language = [document.documentElement.lang, "en"];

for (const field of document.querySelectorAll("[data-complete]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-completions`;
  field.after(list);
  field.setAttribute("list", list.id);
  let asked = "";
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const text = field.value.trim();
      if (text.length < 2 || text === asked) return;
      asked = text;
      const variables = JSON.stringify({ text, language });
      const answer = await fetch(`/graphql?${new URLSearchParams({ query, variables })}`).then((r) => r.json()).catch(() => null);
      if (asked !== text || !answer?.data) return;
      const names = new Set(answer.data.complete.map((c) => c.node.name));
      list.replaceChildren(...[...names].map((name) => new Option(name)));
    }, 120);
  });
}
