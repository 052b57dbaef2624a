package resolvers

// Resolver is the root of the resolvers that gqlgen asks for. It holds
// nothing: what an operation is answered from comes with its context.
type Resolver struct{}
