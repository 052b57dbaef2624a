package resolvers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/resolvers/limits"
	"github.com/plexus-kg/plexus/resolvers/model"
	"github.com/plexus-kg/plexus/resolvers/plan"
	"github.com/plexus-kg/plexus/resolvers/values"
)

// Release is one version of the graph, ready to be asked.
type Release = model.Release

// Config says what an Executor answers from and where it reports.
type Config struct {
	// Current returns what to serve. It is called once an operation, so that an
	// answer never mixes two versions; what it returns is in use until its Done is
	// called.
	Current func() Release
	// RequestID returns what to call the request in an internal error.
	RequestID func(context.Context) string
	// Report is given the cause of every internal error, once.
	Report func(context.Context, error)
	// Limits bounds every request; its zero value stands for limits.Default.
	Limits limits.Limits
	// Operations are those that may be run, nil for every one.
	Operations *Operations
	// TellCost adds to every answer what it was asked for and what it holds, as
	// extensions.cost.
	TellCost bool
	// NoIntrospection refuses __schema and __type. NoSuggestions leaves out of
	// messages what a client may have meant; without introspection there are none.
	NoIntrospection, NoSuggestions bool
	// Unplanned leaves everything to the resolvers: the reference that plans are
	// compared with.
	Unplanned bool
}

// cachedDocuments is how many sound documents are kept, with their plans, and
// cachedBytes how much memory they take together: the cache saves four fifths of the
// time of a small operation. The tree of a document takes treeBytes for each byte of
// its text; its plans, of which fragments and types make many, may take a thousand.
const (
	cachedDocuments = 500
	cachedBytes     = 64 << 20
	treeBytes       = 30
)

// Executor runs GraphQL operations.
type Executor struct {
	gqlgen     *executor.Executor
	ready      *graphql.OperationContext // what gqlgen has of every operation
	unplanned  bool
	sound      *kept[string, *sound]
	presenter  *presenter
	documents  *documents
	guard      *guard
	validation *validation
	current    func() Release
	size       atomic.Pointer[limits.Size] // of what was served last
	tellsCost  bool
	answers    sync.Pool // of *answer
}

// Operation is one that may be run, by one goroutine at a time.
type Operation struct {
	*graphql.OperationContext

	sound *sound
	cost  int          // what it may cost
	of    *limits.Size // on so much, nil as long as nobody has asked
}

// NewExecutor returns an executor of the schema.
func NewExecutor(c Config) *Executor {
	presenter := &presenter{c.RequestID, c.Report}
	e := executor.New(newExecutable())
	e.SetErrorPresenter(presenter.gqlgen)
	e.SetRecoverFunc(func(_ context.Context, cause any) error { return fmt.Errorf("panic: %v\n%s", cause, debug.Stack()) })
	valid := &validation{Schema(), !c.NoIntrospection, !c.NoSuggestions}
	if valid.introspection {
		e.Use(extension.Introspection{})
	}
	made := &Executor{
		gqlgen: e, ready: readied(e), unplanned: c.Unplanned, sound: newKept[string, *sound](cachedDocuments, cachedBytes), presenter: presenter,
		documents: newDocuments(c.Operations), guard: newGuard(c.Limits), validation: valid, current: c.Current, tellsCost: c.TellCost,
	}
	made.size.Store(&limits.Size{})
	return made
}

// readied returns what gqlgen has of every operation, whatever it is.
func readied(e *executor.Executor) *graphql.OperationContext {
	ctx := graphql.StartOperationTrace(context.Background())
	any, faults := e.CreateOperationContext(ctx, &graphql.RawParams{Query: "{ __typename }"})
	if len(faults) > 0 {
		panic(faults) // of a document that fits every schema
	}
	return any
}

// Parse reads an operation: the document, its variables, the name where it
// holds several. The response is nil if the operation can be run, and else
// says what is wrong with it.
func (e *Executor) Parse(_ context.Context, params *graphql.RawParams) (*Operation, *graphql.Response) {
	keep, refused := func() {}, e.guard.size(params)
	if refused == nil {
		keep, refused = e.documents.resolve(params)
	}
	if refused == nil {
		refused = TooLarge(e.guard.limits.CheckVariables(params.Variables))
	}
	if refused != nil {
		return nil, &graphql.Response{Errors: gqlerror.List{refused}}
	}
	s, faults := e.read(params.Query)
	if faults != nil {
		return nil, &graphql.Response{Errors: faults}
	}
	operation, faults := e.begin(s, params)
	if len(faults) == 0 {
		if refused := e.checkCost(operation); refused != nil {
			faults = gqlerror.List{refused}
		}
	}
	if len(faults) > 0 {
		return nil, &graphql.Response{Errors: told(faults)}
	}
	keep()
	return operation, nil
}

// sound is a document that can be run, and its plans.
type sound struct {
	document *ast.QueryDocument
	text     string
	plans    *plan.Document // nil for the reference
}

// read parses and validates a document, or knows it from before.
func (e *Executor) read(text string) (*sound, gqlerror.List) {
	if s, known := e.sound.get(text); known {
		return s, nil
	}
	verdict := e.guard.document(text)
	if refused := TooLarge(verdict.exceeded); refused != nil {
		return nil, gqlerror.List{refused}
	}
	if verdict.faults != nil {
		return nil, verdict.faults
	}
	document, faults := e.validation.parse(text)
	if len(faults) > 0 {
		faults = told(faults)
		e.guard.refuse(verdict, faults)
		return nil, faults
	}
	s := &sound{document: document, text: text}
	if !e.unplanned {
		s.plans = plan.NewDocument(Schema(), document)
	}
	e.keep(s)
	return s, nil
}

// keep keeps a document, as large as it is now.
func (e *Executor) keep(s *sound) {
	bytes := treeBytes * len(s.text)
	if s.plans != nil {
		bytes += s.plans.Bytes()
	}
	e.sound.add(s.text, s, bytes)
}

// begin makes an operation of a document and the rest of a request.
func (e *Executor) begin(s *sound, params *graphql.RawParams) (*Operation, gqlerror.List) {
	definition, fault := operationOf(s.document, params.OperationName)
	if fault != nil {
		return nil, gqlerror.List{fault}
	}
	variables, faults := values.Variables(Schema(), definition, params.Variables, toldFaults+1)
	if len(faults) > 0 {
		return nil, faults
	}
	if faults := refuseNulls(definition, variables); len(faults) > 0 {
		return nil, faults
	}
	operation := like(e.ready, definition)
	operation.RawQuery, operation.Doc, operation.Variables, operation.OperationName = s.text, s.document, variables, params.OperationName
	operation.Extensions, operation.Headers = params.Extensions, params.Headers
	return &Operation{operation, s, 0, nil}, nil
}

// operationOf finds the operation that a request names, or the only one.
func operationOf(d *ast.QueryDocument, name string) (*ast.OperationDefinition, *gqlerror.Error) {
	definition := d.Operations.ForName(name)
	if definition != nil {
		return definition, nil
	}
	names := make([]string, len(d.Operations))
	for i, o := range d.Operations {
		names[i] = o.Name
	}
	has := "it has " + strings.Join(names, ", ")
	switch {
	case name == "":
		return nil, withCode(gqlerror.Errorf("the document has several operations: say by operationName which one to run; %s", has))
	case len(names) == 1 && names[0] == "":
		has = "its only operation has no name"
	}
	return nil, withCode(gqlerror.Errorf("the document has no operation %q: %s", name, has))
}

// Run runs an operation that Parse has read, on one release from its first field
// to its last. Errors are in the order of their paths. The response holds
// nothing that belongs to the release.
func (e *Executor) Run(ctx context.Context, operation *Operation) *graphql.Response {
	var response graphql.Response
	e.Answer(ctx, operation, func(r *graphql.Response) {
		response = *r
		response.Data = bytes.Clone(r.Data)
		response.Extensions = maps.Clone(r.Extensions)
		if r.Extensions[extensionCost] != nil {
			cost := CostOf(r)
			response.Extensions[extensionCost] = &cost
		}
	})
	return &response
}

// Answer is [Session.Answer] on what is served now.
func (e *Executor) Answer(ctx context.Context, operation *Operation, use func(*graphql.Response)) {
	session := e.Begin()
	defer session.End()
	session.Answer(ctx, operation, use)
}

// Session is one release, held from the first question about it to the last.
type Session struct {
	executor *Executor
	release  Release
	// Times is told what an operation spends its time on; nil if nobody asks.
	Times *Times
}

// Begin takes hold of what is served now. Whoever does so calls End.
func (e *Executor) Begin() *Session {
	s := &Session{executor: e, release: e.current()}
	sum, known := s.release.Reader.Summary(), e.size.Load()
	if sum.Concepts != known.Concepts || sum.Statements != known.Statements {
		e.size.Store(&limits.Size{Concepts: sum.Concepts, Statements: sum.Statements})
	}
	return s
}

// End lets go of the release.
func (s *Session) End() {
	if s.release.Done != nil {
		s.release.Done()
	}
}

// Version names the content of the release.
func (s *Session) Version() string { return s.release.Reader.Summary().Version }

// Answer is Run on the release of the session, for who is done with the response
// when use returns: it is not copied, but written over by the answers that follow.
func (s *Session) Answer(ctx context.Context, operation *Operation, use func(*graphql.Response)) {
	view := model.NewView(s.release)
	sorted := func(response *graphql.Response) {
		// Fields are resolved side by side; the answer does not show in which order.
		slices.SortStableFunc(response.Errors, func(a, b *gqlerror.Error) int { return comparePaths(a.Path, b.Path) })
		for _, err := range response.Errors {
			err.Message = strings.Clone(err.Message) // which may be a text of the release
		}
		if len(response.Errors) > 0 {
			notices(response)
		}
		use(response)
	}
	if !s.executor.planned(ctx, view, operation, s.Times, sorted) {
		s.Times.Begin()
		response := s.executor.resolved(ctx, view, operation.OperationContext)
		s.Times.Resolved()
		if s.executor.tellsCost {
			cost := s.executor.spent(operation, max(plan.CountObjects(response.Data)-1, 0), 0)
			response.Extensions = map[string]any{extensionCost: &cost}
		}
		sorted(response)
	}
}

// resolved answers an operation by the resolvers.
func (e *Executor) resolved(ctx context.Context, v *model.View, operation *graphql.OperationContext) *graphql.Response {
	responses, ctx := e.gqlgen.DispatchOperation(graphql.StartOperationTrace(model.WithView(ctx, v)), operation)
	response := responses(ctx)
	if response == nil { // gqlgen's sign that the context is done
		response = &graphql.Response{Errors: gqlerror.List{ended(ctx, nil)}}
	}
	return response
}

// Execute parses and runs an operation.
func (e *Executor) Execute(ctx context.Context, params *graphql.RawParams) *graphql.Response {
	operation, refused := e.Parse(ctx, params)
	if refused != nil {
		return refused
	}
	return e.Run(ctx, operation)
}

// Body is what a client is sent: an operation that was never run has no data
// entry at all.
type Body struct {
	Errors     gqlerror.List   `json:"errors,omitempty"`
	Data       json.RawMessage `json:"data,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

// BodyOf returns what a client is sent.
func BodyOf(r *graphql.Response) Body { return Body{r.Errors, r.Data, r.Extensions} }

// AppendBody appends what a client is sent as JSON. The data is JSON already and
// not looked at again.
func AppendBody(dst []byte, r *graphql.Response) ([]byte, error) {
	body := BodyOf(r)
	body.Data = nil
	cost, told := body.Extensions[extensionCost].(*Cost)
	if told = told && len(body.Extensions) == 1; told {
		body.Extensions = nil
	}
	rest := []byte("{}")
	if body.Errors != nil || body.Extensions != nil {
		var err error
		if rest, err = json.Marshal(body); err != nil {
			return dst, err
		}
	}
	dst = append(dst, rest[:len(rest)-1]...)
	if r.Data != nil {
		if len(rest) > len("{}") {
			dst = append(dst, ',')
		}
		dst = append(dst, `"data":`...)
		dst = append(dst, r.Data...)
	}
	if told {
		if len(rest) > len("{}") || r.Data != nil {
			dst = append(dst, ',')
		}
		dst = append(dst, `"extensions":{"cost":{"asked":`...)
		dst = strconv.AppendInt(dst, int64(cost.Asked), 10)
		dst = append(dst, `,"spent":`...)
		dst = strconv.AppendInt(dst, int64(cost.Spent), 10)
		dst = append(dst, "}}"...)
	}
	return append(dst, '}'), nil
}
