const { useEffect, useState } = React;

// useOpenQuery returns a function that shows a query and its variables: in the
// tab that has them already, in the current tab if that is empty, else in a new
// one. A tab in which either was edited is another query, and stays.
export function useOpenQuery() {
  const { tabs, activeTabIndex, addTab, changeTab, queryEditor, variableEditor, updateActiveTabValues } =
    GraphiQL.React.useEditorContext();
  const [asked, setAsked] = useState(null);

  const show = ({ query, variables }) => {
    queryEditor.setValue(query);
    // GraphiQL finds the new operation a moment later; until then it would ask
    // for the old one by name.
    queryEditor.operationName = null;
    variableEditor.setValue(variables);
    // The tab learns of it at once, not a moment later when it may be left.
    updateActiveTabValues({ query, variables });
    if (variables) unfoldVariables();
  };

  const open = (asked) => {
    const shown = { query: queryEditor.getValue(), variables: variableEditor.getValue() };
    if (same(shown, asked)) return;
    const there = tabs.findIndex((tab, i) => i !== activeTabIndex && same(tab, asked));
    if (there >= 0) {
      changeTab(there);
      if (asked.variables) unfoldVariables();
    } else if (shown.query.trim() === "") {
      show(asked);
    } else {
      addTab();
      setAsked({ ...asked, tab: tabs.length });
    }
  };

  // The editors exist only a while after the page, a new tab only after the next
  // render.
  useEffect(() => {
    if (!asked || !queryEditor || !variableEditor) return;
    if (asked.tab === undefined) {
      setAsked(null);
      open(asked);
    } else if (asked.tab === activeTabIndex) {
      setAsked(null);
      show(asked);
    }
  }, [asked, activeTabIndex, queryEditor, variableEditor]);

  return ({ query, variables = "" }) => setAsked({ query, variables });
}

// same compares what is asked: not the spaces around a query, nor how the JSON
// of the variables is laid out.
function same(a, b) {
  return (a.query ?? "").trim() === (b.query ?? "").trim() && canonical(a.variables) === canonical(b.variables);
}

function canonical(variables) {
  try {
    return JSON.stringify(JSON.parse(variables?.trim() || "{}"));
  } catch {
    return variables;
  }
}

// The pane of the variables is folded until there are some.
function unfoldVariables() {
  document.querySelector(".graphiql-editor-tools button[data-name=variables]")?.click();
}

// useActiveTabInSight scrolls the strip of tabs to the active one, also when a
// panel beside it opens and leaves the strip less room.
export function useActiveTabInSight() {
  const { tabs, activeTabIndex } = GraphiQL.React.useEditorContext();
  useEffect(() => {
    const strip = document.querySelector(".graphiql-tabs");
    const scroll = () =>
      strip.querySelector(".graphiql-tab-active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    scroll();
    const watch = new ResizeObserver(scroll);
    watch.observe(strip);
    return () => watch.disconnect();
  }, [activeTabIndex, tabs.length, tabs[activeTabIndex]?.title]);
}
