// Package limits says how large a GraphQL request may be.
//
// A public endpoint runs documents that anybody wrote. Three moments matter, and
// each has its check:
//
//   - Before a document is validated: [Limits.Document] reads it and looks at its
//     size and shape. Validation takes time quadratic in repeated fields and
//     cannot be stopped, so this has to come first. It takes time linear in the
//     document, however its fragments refer to each other, circles included.
//   - When the variables are there: [Limits.Values] looks at what they hold.
//   - Before a valid operation is run: [Cost] says how many objects the answer
//     may hold, page by page, from the sizes of the pages that are asked for.
//
// Every refusal is an [*Exceeded], which says what there is too much of, how
// much there is, and how much is allowed.
package limits
