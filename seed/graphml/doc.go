// Package graphml writes the graph for programs that draw and measure networks
// (Gephi, yEd, Cytoscape, NetworkX), as GraphML
// (http://graphml.graphdrawing.org/specification.html): a node for each
// concept, an edge for each statement, and typed keys for what is said of them.
//
//	<edge id="st-fo5qsxzxwhxkqdnk" source="bells-palsy" target="mouth-corner-droop">
//	  <data key="edge.label">signOrSymptom (asserted; frequency: often)</data>
//	  <data key="edge.predicate">schema:signOrSymptom</data>
//	  <data key="edge.frequency">often</data>
//	  …
//
// The label of an edge says what the claim must not be drawn without; the
// description of the graph says how it is read. Two statements of the same claim
// are two parallel edges, disputed where one denies what another one holds. A statement whose
// object is a text points to a node of its own, of the kind Value, whose id is
// that of the statement with ".value" behind it. Nothing of a statement is
// lost but the datatype of such a text and the further values of its record.
//
// Of concepts their id, name, kind, types, first description, synonyms and
// codes are written, lists as one text, joined by " | ". What else is known of
// them, and of sources and articles beyond their ids, is not: no such program
// shows it. A character that XML cannot hold becomes U+FFFD. There is no way
// back: nothing reads GraphML here.
package graphml
