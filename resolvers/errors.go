package resolvers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/resolvers/model"
)

// The codes of errors that are not of the graph, as the schema's ErrorCode documents
// them.
const (
	CodeBadRequest      = string(model.BadRequest)
	CodeInvalid         = string(model.ValidationFailed)
	CodeIntrospection   = string(model.IntrospectionDisabled)
	CodeUnknownDocument = string(model.PersistedQueryNotFound)
	CodeForbidden       = string(model.OperationNotAllowed)
	CodeLimit           = string(model.LimitExceeded)
	CodeOverloaded      = string(model.Overloaded)
	CodeRateLimited     = string(model.RateLimited)
	CodeTimeout         = string(model.Timeout)
	CodeInternal        = string(model.Internal)
)

// presenter shows errors. A fault of the request is shown as it is, with its
// code. A request that was cancelled or ran out of time says so. Everything else
// is shown as an internal error that carries the id of the request and nothing
// of the cause, which goes to report instead.
type presenter struct {
	requestID func(context.Context) string
	report    func(context.Context, error)
}

// gqlgen shows an error of the field that gqlgen is resolving.
func (p *presenter) gqlgen(ctx context.Context, err error) *gqlerror.Error {
	path := graphql.GetPath(ctx)
	var document *gqlerror.Error
	if errors.As(err, &document) && document.Path != nil {
		path = document.Path
	}
	return p.present(ctx, path, err)
}

// present shows an error of the field at a path.
func (p *presenter) present(ctx context.Context, path ast.Path, err error) *gqlerror.Error {
	var (
		document *gqlerror.Error
		fault    *model.Error
	)
	switch {
	case errors.As(err, &fault):
		shown := coded(fault.Message, string(fault.Code), path)
		if fault.Code == model.NotFound {
			shown.Extensions[nearKey] = fault.Near
		}
		return shown
	case errors.As(err, &document) && document.Unwrap() == nil:
		return withCode(document) // from the parser or the validator
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return ended(ctx, path)
	default:
		p.report(ctx, err)
		return coded("internal error; request "+p.requestID(ctx), CodeInternal, path)
	}
}

func coded(message, code string, path ast.Path) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Path: path, Extensions: map[string]any{"code": code}}
}

// Notice is an entry of extensions.notices: what a client may want to know of an
// answer without errors.
type Notice struct {
	// Path is the place in the answer: a look-up that found nothing.
	Path    ast.Path     `json:"path"`
	Code    string       `json:"code"`
	Message string       `json:"message"`
	Near    []model.Near `json:"near"`
}

const (
	extensionNotices = "notices"
	nearKey          = "near"
	// mostNotices is how many an answer has at most.
	mostNotices = 20
)

// notices takes what is only to be noticed from the errors of a response: an id
// that nothing has is answered with null, which is no error.
func notices(response *graphql.Response) {
	var found []Notice
	response.Errors = slices.DeleteFunc(response.Errors, func(e *gqlerror.Error) bool {
		if e.Extensions["code"] != string(model.NotFound) {
			return false
		}
		near, _ := e.Extensions[nearKey].([]model.Near)
		found = append(found, Notice{e.Path, string(model.NotFound), e.Message, near})
		return true
	})
	if len(found) == 0 {
		return
	}
	extensions := map[string]any{extensionNotices: found[:min(len(found), mostNotices)]}
	maps.Copy(extensions, response.Extensions) // which may be others' too
	response.Extensions = extensions
}

// NoticesOf returns the notices of a response.
func NoticesOf(r *graphql.Response) []Notice {
	found, _ := r.Extensions[extensionNotices].([]Notice)
	return found
}

// TimeLimit is the cause (context.WithTimeoutCause) of the end of an operation
// that takes longer than it may.
type TimeLimit struct{ Allowed time.Duration }

// Error says how long an operation may take.
func (t *TimeLimit) Error() string {
	return fmt.Sprintf("the operation has taken the %v that it may: ask for less, or in several requests", t.Allowed)
}

// ended is the error of a request that ran out of time, or that nobody waits for
// any more.
func ended(ctx context.Context, path ast.Path) *gqlerror.Error {
	if limit := (*TimeLimit)(nil); errors.As(context.Cause(ctx), &limit) {
		err := coded(limit.Error(), CodeTimeout, path)
		err.Extensions["limit"], err.Extensions["allowed"] = "milliseconds", limit.Allowed.Milliseconds()
		return err
	}
	return coded("the request ended before it was answered", CodeInternal, path)
}

// withCode gives an error of the parser or the validator a code, where it has
// none.
func withCode(err *gqlerror.Error) *gqlerror.Error {
	if err.Extensions["code"] == nil {
		errcode.Set(err, CodeInvalid)
	}
	return err
}

// comparePaths orders places in an answer: names by the alphabet, places in a
// list by number, a place before what is below it.
func comparePaths(a, b ast.Path) int {
	return slices.CompareFunc(a, b, func(x, y ast.PathElement) int {
		i, xIsIndex := x.(ast.PathIndex)
		j, yIsIndex := y.(ast.PathIndex)
		if xIsIndex && yIsIndex {
			return cmp.Compare(i, j)
		}
		return cmp.Compare(fmt.Sprint(x), fmt.Sprint(y))
	})
}
