// Package values says which values fit the input types of a schema: JSON, which
// variables have ([Variables]), and literals in documents ([Literals]).
//
// Both follow the September 2025 edition of the specification
// (https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values,
// https://spec.graphql.org/September2025/#sec-Scalars). The parser's own functions
// let through what the specification refuses: a text for an Int, a number for a
// String, a fraction for an ID, a value of an enum in lower case, an Int of more
// than 32 bits.
package values
