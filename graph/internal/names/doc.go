// Package names numbers names: each different text of many gets the number of
// its first coming, 0, 1, 2 …
//
//	names.Add("cold")   →  0, new
//	names.Add("fever")  →  1, new
//	names.Add("cold")   →  0
//
// All that is read passes through such a table, for every name several times. A
// [Table] takes about the time of a map of strings, which is that of waiting for
// memory, and a quarter of its room (BenchmarkAdd, BenchmarkMap): the place of a
// name and part of its hash lie in eight bytes without a pointer, which the
// garbage collector does not look into, and the texts beside them are the list of
// names by number, which is needed anyhow.
package names
