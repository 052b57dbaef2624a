// GraphiQL with the examples beside it, at the query that the link names, where
// the reader left off, or at the first example.
import { examplesPlugin, withVariables } from "./examples.js";
import { fetcherOf } from "./fetcher.js";
import { forgetLink, linkedQuery } from "./link.js";
import { storage } from "./storage.js";
import { rememberPanel, Toolbelt } from "./toolbelt.js";

const h = React.createElement;

export async function open(root) {
  const examples = (await (await fetch(root.dataset.examples)).json()).map(withVariables);
  const link = linkedQuery();

  ReactDOM.createRoot(root).render(
    h(
      GraphiQL,
      {
        fetcher: fetcherOf(root.dataset.endpoint),
        storage,
        plugins: [examplesPlugin(examples), GraphiQLPluginExplorer.explorerPlugin()],
        onTogglePluginVisibility: rememberPanel,
        // The tabs of a first visit; later ones begin with the tabs of the last,
        // and a query that is given gets one of its own.
        defaultTabs: [link ?? { query: examples[0].query, variables: examples[0].variables }],
        query: link?.query,
        variables: link?.variables,
        defaultQuery: "",
        onEditQuery: (query) => forgetLink({ query }),
        onEditVariables: (variables) => forgetLink({ variables }),
        inputValueDeprecation: true,
        schemaDescription: true,
        shouldPersistHeaders: false,
      },
      h(GraphiQL.Logo, null, h(Toolbelt)),
    ),
  );
}
