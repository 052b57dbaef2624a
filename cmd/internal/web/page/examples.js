// The panel of examples, as a plugin in GraphiQL's side bar.
import { useOpenQuery } from "./tabs.js";
import { makeRoom } from "./toolbelt.js";

const { createElement: h, useEffect, useState } = React;

// withVariables returns the example with the variables that its query declares,
// each with its default, for the reader to change.
export function withVariables(example) {
  const { parse, getOperationAST, valueFromASTUntyped } = GraphiQL.GraphQL;
  const declared = getOperationAST(parse(example.query)).variableDefinitions.map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue ? valueFromASTUntyped(defaultValue) : null,
  ]);
  return { ...example, variables: declared.length > 0 ? JSON.stringify(Object.fromEntries(declared), null, 2) : "" };
}

function Icon(props) {
  return h(
    "svg",
    { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 1.5, strokeLinecap: "round", ...props },
    h("path", { d: "M6 6.5 17 5M6 6.5 12 13M17 5l-5 8M12 13l7 4M12 13l-6 5.5" }),
    [[6, 6.5], [17, 5], [19, 17], [6, 18.5]].map(([cx, cy]) =>
      h("circle", { key: `${cx} ${cy}`, cx, cy, r: 1.6, fill: "currentColor" }),
    ),
    h("circle", { cx: 12, cy: 13, r: 2.4, fill: "currentColor" }),
  );
}

function Examples({ examples }) {
  const open = useOpenQuery();
  const { tabs, activeTabIndex } = GraphiQL.React.useEditorContext();
  const { fetchError } = GraphiQL.React.useSchemaStore();
  const shown = tabs[activeTabIndex]?.query?.trim();
  // The panel may close, and this with it, only when the example is open.
  const [chosen, setChosen] = useState(null);
  useEffect(() => {
    if (!chosen || shown !== chosen.query.trim()) return;
    setChosen(null);
    makeRoom();
  }, [chosen, shown]);
  return h(
    "section",
    { className: "plexus-examples", "aria-labelledby": "plexus-examples-title" },
    h("h2", { id: "plexus-examples-title" }, "Examples"),
    h("p", null, "What one article says about facial twitching, as a graph. Choose a query, run it, change it."),
    h(
      "p",
      { className: "plexus-note" },
      "The article comes with Plexus. A server of other data does not know its ids, unless it was given ",
      h("code", null, "--data embedded"),
      " too.",
    ),
    fetchError?.includes("INTROSPECTION_DISABLED") &&
      h(
        "p",
        { className: "plexus-note", "data-note": "schema" },
        "This server does not tell its schema: queries run, but there is no documentation and no completion.",
      ),
    h(
      "ol",
      null,
      examples.map((example) =>
        h(
          "li",
          { key: example.name },
          h(
            "button",
            {
              type: "button",
              "data-example": example.name,
              "aria-current": shown === example.query.trim() ? "true" : undefined,
              onClick: () => {
                open(example);
                setChosen(example);
              },
            },
            h("strong", null, example.title),
            h("span", null, example.description),
          ),
        ),
      ),
    ),
  );
}

export function examplesPlugin(examples) {
  return { title: "Examples", icon: Icon, content: () => h(Examples, { examples }) };
}
