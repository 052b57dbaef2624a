// Opens the playground, or says why it cannot. All else is loaded from here,
// because it needs the libraries from its first line on.
const root = document.getElementById("playground");
const say = (text) => (root.querySelector(".plexus-message").textContent = text);

if (["React", "ReactDOM", "GraphiQL", "GraphiQLPluginExplorer"].every((name) => name in globalThis)) {
  import("./app.js")
    .then(({ open }) => open(root))
    .catch((error) => say(`The playground could not be opened: ${error.message}`));
} else {
  say(
    "The playground's libraries could not be loaded. This server was built without them, and there is no way to the " +
      "internet from here. Run “make web” (it needs Node) and start the server again; the GraphQL endpoint works either way.",
  );
}
