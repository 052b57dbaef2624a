package model

import "fmt"

// ErrorCode is the value of extensions.code in an error, a value of the schema's
// ErrorCode.
type ErrorCode string

// The codes, with the meaning that the schema documents.
const (
	BadID       ErrorCode = "BAD_ID"
	WrongKind   ErrorCode = "WRONG_KIND"
	AmbiguousID ErrorCode = "AMBIGUOUS_ID"
	BadCursor   ErrorCode = "BAD_CURSOR"
	StaleCursor ErrorCode = "STALE_CURSOR"
	BadPageSize ErrorCode = "BAD_PAGE_SIZE"
	BadFilter   ErrorCode = "BAD_FILTER"
	BadArgument ErrorCode = "BAD_ARGUMENT"
)

// Error is a fault of the request: it is shown to the client as it is.
type Error struct {
	Code    ErrorCode
	Message string
}

func (e *Error) Error() string { return e.Message }

func errorf(code ErrorCode, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
