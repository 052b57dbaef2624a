// The corner above the answer: the name, and the button that copies a link.
// What the whole page has to do while GraphiQL is open hangs here too.
import { linkedQuery, linkTo } from "./link.js";
import { storage } from "./storage.js";
import { useActiveTabInSight, useOpenQuery } from "./tabs.js";

const { createElement: h, useEffect, useRef, useState } = React;
const { useEditorContext, useExecutionContext, usePluginStore } = GraphiQL.React;

// rememberPanel keeps which panel is open for the next visit, and shows it from
// its top: GraphiQL leaves it where the panel before was scrolled to.
export function rememberPanel(plugin) {
  storage.setItem("panel", plugin?.title ?? "");
  document.querySelector(".graphiql-plugin")?.scrollTo(0, 0);
}

const wide = () => matchMedia("(min-width: 50rem)").matches;

// makeRoom closes the panel where it stands above the editor, not beside it.
export function makeRoom() {
  if (!wide()) document.querySelector('.graphiql-sidebar button[aria-label^="Hide "]')?.click();
}

export function Toolbelt() {
  usePanelOfLastVisit();
  useActiveTabInSight();
  useLinksWithinThePage();
  useRunFromAnywhere();
  useTabKeyMovesOn();
  useLineWrapping();
  useReadyMark();
  return h("div", { className: "plexus-toolbelt" }, h(CopyLink), h("span", { className: "plexus-name" }, "Plexus"));
}

function CopyLink() {
  const { queryEditor, variableEditor } = useEditorContext();
  const [said, setSaid] = useState("");
  const timer = useRef();

  const copy = async () => {
    const link = linkTo({ query: queryEditor?.getValue() ?? "", variables: variableEditor?.getValue() ?? "" });
    history.replaceState(null, "", link);
    let result = "Link copied";
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      result = "Link is in the address bar"; // no clipboard without https or permission
    }
    setSaid(result);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaid(""), 2500);
  };

  return h(
    "span",
    { className: "plexus-copy" },
    h("span", { role: "status" }, said),
    h("button", { type: "button", onClick: copy, title: "A link that opens this query with its variables" }, "Copy link"),
  );
}

// The examples are open on the first visit, where there is room. GraphiQL 4 has a property for that
// (visiblePlugin), but keeps the panel out of sight; its button does it right.
function usePanelOfLastVisit() {
  const { plugins } = usePluginStore();
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || plugins.length === 0) return;
    opened.current = true;
    const panel = storage.getItem("panel") ?? (wide() ? "Examples" : "");
    if (panel === "") return;
    document.querySelector(`.graphiql-sidebar button[aria-label="Show ${panel}"]`)?.click();
  }, [plugins]);
}

// A link that is followed while the page is open only changes the fragment.
function useLinksWithinThePage() {
  const open = useOpenQuery();
  useEffect(() => {
    const follow = () => {
      const link = linkedQuery();
      if (link) open(link);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  });
}

// GraphiQL runs a query on Ctrl-Enter only within its editors; whoever has just
// chosen an example by keyboard is outside.
function useRunFromAnywhere() {
  const { run, isFetching } = useExecutionContext({ nonNull: true });
  useEffect(() => {
    const press = (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      if (event.target.closest?.(".CodeMirror, [role=dialog]")) return;
      event.preventDefault();
      if (!isFetching) run();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}

// In a code editor the tab key indents, and a reader without a mouse cannot
// leave. Here it moves on; a chosen completion still takes it.
function useTabKeyMovesOn() {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditorContext();
  useEffect(() => {
    const keys = { Tab: false, "Shift-Tab": false };
    const editors = [queryEditor, variableEditor, headerEditor, responseEditor].filter(Boolean);
    editors.forEach((editor) => editor.addKeyMap(keys, true));
    return () => editors.forEach((editor) => editor.removeKeyMap(keys));
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
}

// Long lines go on in the next: beside an open panel the editor is narrow.
function useLineWrapping() {
  const { queryEditor } = useEditorContext();
  useEffect(() => queryEditor?.setOption("lineWrapping", true), [queryEditor]);
}

// The page is marked as ready once everything on it answers, for those who drive
// it by a program: GraphiQL makes its editors one by one, after the page.
function useReadyMark() {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditorContext();
  const { plugins } = usePluginStore();
  const ready = plugins.length > 0 && [queryEditor, variableEditor, headerEditor, responseEditor].every(Boolean);
  useEffect(() => {
    if (ready) document.getElementById("playground").dataset.ready = "true";
  }, [ready]);
}
