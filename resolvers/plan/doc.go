// Package plan answers GraphQL operations at about what it costs to write their
// JSON.
//
// The resolvers answer an operation object by object: each field of each object
// is a call, with a context, a goroutine or two and a look into the store of its
// own. A plan is the same operation, compiled once:
//
//	document ─Compile→ Plan ─Answer→ steps, in order: what to read, for all rows of a level at once
//	                                 root, written:   the answer, object by object, from what was read
//
// Take
//
//	{ symptoms { nodes { name causes { totalCount nodes { name } } } } }
//
// Its plan has four steps, whatever the number of symptoms. Each fills a table;
// the next one hangs on a column of it:
//
//	List      symptoms              → refs of the page
//	Concepts  id, name of these     → a row for each symptom
//	Links     causes of these       → for each row a page of links, with refs of the causes
//	Concepts  name of these         → a row for each cause, however often it is one
//
// Then the answer is written in one pass into a buffer that is used again. A
// scalar field is a method of a type of package model, which scalar.go finds by its
// name. What is read for the other fields, and how they are written, stands in one
// place for each type: concept.go, statement.go, source.go, links.go and so on; the
// fields of Query are in query.go.
//
// # Where things are
//
// A place (entities, connection, …) is where objects of one type stand in
// the answer. Compiling a selection on it does three things for each field: it
// notes the columns that the field needs, adds the steps of what lies below it,
// and returns a function that writes the field of one row. A plan is immutable,
// so what its steps read lies in tables that belong to a run, by their slots;
// runs are pooled.
//
// A thing that stands in several lists of one place is read once, and written
// once: where it stands again, its bytes are copied. For this a place knows the
// row of each of its items.
//
// # What is shared with the resolvers
//
// What an argument means, where a page lies, what a cursor is good for, which
// errors there are and what they say is not told twice: questions, pages and
// look-ups are package model's, asked of one object by the resolvers and of all
// objects of a level by a plan. Fields are merged by gqlgen's own function.
//
// Two rules make the answers equal to the byte, errors included: every object is
// looked at to the end although one of its fields has made it null, and errors
// are noted by whoever writes, who knows the path. A root field that a plan does
// not cover (introspection, or a field that is new in the schema) is left to the
// resolvers, and its value put among the others. TestEqual asks both ways, with
// random operations that reach every field of every type.
//
// # Bounds
//
// The context is asked after each step, by the Reader within one, and every 512
// objects or 256 KiB while writing. It is a graph.Meter, which is told of all that is
// read and written, and ends what costs more than allowed. A run that would hold more than a million objects, or
// write more than 48 MiB, ends with [ErrTooLarge]; of a run above 65,536 objects
// or 4 MiB the tables and the buffer are not kept.
//
// # Numbers
//
// On two shared cores, from graph/frozen: 10,000 objects of six fields, none
// twice, in 211 ns and 0.002 allocations an object (BenchmarkObjects;
// encoding/json takes 265 to 294 ns to write the same objects where they lie
// ready). Seven queries of front ends on 50,000 concepts with a million links,
// parsed, planned and resolved (BenchmarkQueries, PLEXUS_BENCH_SIZE=10):
//
//	                                      objects   planned    resolved   allocations
//	Q1  a condition by id                       1     3.3 µs      32 µs    15 /     258
//	Q2  symptom, conditions, tests             49      14 µs    0.31 ms    19 /   3,511
//	Q3  four levels                           530    0.12 ms     2.8 ms    21 /  37,227
//	Q4  50 conditions, 20 symptoms            765      75 µs     2.7 ms    43 /  32,375
//	Q5  20 links with their statements         30      12 µs    0.30 ms    17 /   3,386
//	Q6  a word                                 10     6.1 µs    0.10 ms    27 /     665
//	Q7  100 × 20 × 10                       8,394    0.97 ms      47 ms    45 / 567,042
//
// # What remains
//
// Of Q4, as a request to the handler (BenchmarkHandler on the peers' data, 88 µs),
// a third is writing 765 objects: a third of that their texts, which are looked
// through for what must be escaped, eight bytes at a time, and copied; the rest keys
// and what stands again. A fifth is links, the lookup of 50 concepts and the runs of
// their quads; a sixth the ids and names of 765 concepts, waited for 64 at a time; a
// tenth the yield to those who wait (cmd/internal/server), the rest the request.
//
// Of Q7 (1.3 ms), half is writing, two fifths of that texts; 28 in 100 are links,
// of which grouping statements by the other end is a fifth; 13 are ids and names.
// What writes is a few nanoseconds a field, an indirect call each: less would take
// code made for each operation. No text is written twice but in another place, and
// no place is read twice; what is left of memory is one wait for 64 places.
//
// What operations cost, on 45,000 concepts with 516,000 statements (BenchmarkCost, two
// shared cores that ran tests, too): of 2,073 operations, random ones with large pages
// and those that lie uphill of the worst, none took more than 0.79 of 1 ms and 5 µs for
// each that it cost, the longest 0.74 s. Of 2,078 others, beside tests with the race
// detector, 7 took more, 1.55 times at most (paths), the longest 0.89 s; 113 MiB were
// allocated at most for one that was answered, garbage included. None held more objects
// than told. On cores that only compiled those with half of their time ended 39 ms late
// at most. Six answers of 47 MB at once left 657 MB resident, 163 MB forty seconds later,
// as before.
//
// There is no allocation left that grows with the answer: of 45 in Q7 a dozen are
// gqlparser's and gqlgen's (variables, arguments), the others the arguments, the
// page, and the release in use.
package plan
