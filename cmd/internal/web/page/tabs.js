const { useEffect, useState } = React;

// useOpenQuery returns a function that shows a query and its variables: in the
// tab that has them already, in the current tab if that is empty, else in a new
// one.
export function useOpenQuery() {
  const { tabs, activeTabIndex, addTab, changeTab, queryEditor, variableEditor } = GraphiQL.React.useEditorContext();
  const [pending, setPending] = useState(null);

  const show = ({ query, variables }) => {
    queryEditor.setValue(query);
    // GraphiQL finds the new operation a moment later; until then it would ask
    // for the old one by name.
    queryEditor.operationName = null;
    variableEditor?.setValue(variables);
  };

  // A new tab exists only after the next render.
  useEffect(() => {
    if (pending?.tab === activeTabIndex) {
      show(pending);
      setPending(null);
    }
  }, [pending, activeTabIndex]);

  return ({ query, variables = "" }) => {
    if (!queryEditor) return;
    const open = tabs.findIndex((tab) => tab.query === query && (tab.variables ?? "") === variables);
    if (open === activeTabIndex && queryEditor.getValue() === query) return;
    if (open >= 0 && open !== activeTabIndex) {
      changeTab(open);
    } else if (queryEditor.getValue().trim() === "") {
      show({ query, variables });
    } else {
      addTab();
      setPending({ query, variables, tab: tabs.length });
    }
  };
}
