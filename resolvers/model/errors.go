package model

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql/errcode"
)

// ErrorCode is the value of extensions.code in an error, a value of the schema's
// ErrorCode.
type ErrorCode string

// The codes, with the meaning that the schema documents.
const (
	NotFound    ErrorCode = "NOT_FOUND" // a notice, no error
	BadID       ErrorCode = "BAD_ID"
	WrongKind   ErrorCode = "WRONG_KIND"
	AmbiguousID ErrorCode = "AMBIGUOUS_ID"
	BadCursor   ErrorCode = "BAD_CURSOR"
	StaleCursor ErrorCode = "STALE_CURSOR"
	BadPageSize ErrorCode = "BAD_PAGE_SIZE"
	BadFilter   ErrorCode = "BAD_FILTER"
	BadArgument ErrorCode = "BAD_ARGUMENT"

	BadRequest             ErrorCode = "BAD_REQUEST"
	ParseFailed            ErrorCode = errcode.ParseFailed
	ValidationFailed       ErrorCode = errcode.ValidationFailed
	IntrospectionDisabled  ErrorCode = "INTROSPECTION_DISABLED"
	PersistedQueryNotFound ErrorCode = "PERSISTED_QUERY_NOT_FOUND"
	OperationNotAllowed    ErrorCode = "OPERATION_NOT_ALLOWED"
	LimitExceeded          ErrorCode = "LIMIT_EXCEEDED"
	Overloaded             ErrorCode = "OVERLOADED"
	RateLimited            ErrorCode = "RATE_LIMITED"
	Timeout                ErrorCode = "TIMEOUT"
	Internal               ErrorCode = "INTERNAL"
)

// Error is a fault of the request: it is shown to the client as it is.
type Error struct {
	Code    ErrorCode
	Message string
	// Near are the concepts that may have been meant, of NotFound.
	Near []Near
}

// Near is a concept that may have been meant.
type Near struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (e *Error) Error() string { return e.Message }

func errorf(code ErrorCode, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
