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
// Then the answer is written in one pass into a buffer that is used again. What
// is asked of each field, and how it is written, stands in one place for each
// type: concept.go, statement.go, source.go, links.go and so on; the fields of
// Query are in query.go.
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
// objects while writing. A run that would hold more than a million objects, or
// write more than 256 MiB, ends with [ErrTooLarge]; of a run above 65,536 objects
// or 4 MiB the tables and the buffer are not kept.
//
// # Numbers
//
// On two shared cores, from graph/frozen: 10,000 objects of six fields, none
// twice, in 148 ns and 0.005 allocations an object (BenchmarkObjects;
// encoding/json takes 185 ns to write the same objects where they lie ready).
// Seven queries of front ends on 50,000 concepts with a million links, parsed,
// planned and resolved (BenchmarkQueries, PLEXUS_BENCH_SIZE=10); the times are of
// an earlier state, which was slower in Q1, Q5 and Q6, the allocations of this one:
//
//	                                      objects   planned    resolved   allocations
//	Q1  a condition by id                       1     7.5 µs      63 µs    23 /     267
//	Q2  symptom, conditions, tests             49      24 µs    0.46 ms    27 /   3,552
//	Q3  four levels                           530    0.13 ms     9.9 ms    29 /  37,126
//	Q4  50 conditions, 20 symptoms            765    0.18 ms     6.1 ms    56 /  32,550
//	Q5  20 links with their statements         30      47 µs    0.50 ms    25 /   3,414
//	Q6  a word                                 10      27 µs    0.12 ms    50 /     681
//	Q7  100 × 20 × 10                       8,394     1.1 ms      95 ms    59 / 574,777
//
// # What remains
//
// Of Q4, as a request to the handler (BenchmarkHandler on the peers' data), a
// quarter is frozen.Store.List, which counts the kinds of 50,000 concepts for a
// page of 50: it would take a list of the concepts of each kind, in memory, to
// skip that. A quarter is the names of 800 concepts, a quarter writing, a tenth
// the links; the rest is the request.
//
// Of Q7, 45 in 100 are the names of 8,000 concepts: a run of quads, a term, its
// text, each where the cache does not have it, in a file that holds every text
// once. A name beside each concept would save most of it, for four bytes each.
// 31 are writing, half of that texts and their escapes (read eight bytes at a
// time) and the rest keys and what stands again; 16 are links. There is no
// allocation left that grows with the answer: 59 in all, a dozen of them gqlgen's
// (context, variables), most of the others for the arguments and the page.
package plan
