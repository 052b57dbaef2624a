package values

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// scalar is a type of the specification.
type scalar struct {
	// means says what a value is, in a message to who sent another one.
	means string
	// json converts a value of a variable, and reports whether it is one of this type.
	json func(v any) (any, bool)
	// literal reports whether a literal is one of this type.
	literal func(v *ast.Value) bool
	// not is the message of a literal that is none.
	not string
}

var scalars = map[string]scalar{
	"Int": {
		"a whole number between -2147483648 and 2147483647, without quotes", jsonInt,
		func(v *ast.Value) bool { return v.Kind == ast.IntValue && isInt32(v.Raw) },
		"Int cannot represent non-integer value: ",
	},
	"Float": {
		"a number, without quotes", jsonFloat,
		func(v *ast.Value) bool { return isNumber(v) && isFinite(v.Raw) },
		"Float cannot represent non numeric value: ",
	},
	"String": {
		"a text, in quotes", jsonString, isText,
		"String cannot represent a non string value: ",
	},
	"Boolean": {
		"true or false, without quotes", jsonBoolean,
		func(v *ast.Value) bool { return v.Kind == ast.BooleanValue },
		"Boolean cannot represent a non boolean value: ",
	},
	"ID": {
		"a text, in quotes, or a whole number", jsonID,
		func(v *ast.Value) bool { return isText(v) || v.Kind == ast.IntValue },
		"ID cannot represent a non-string and non-integer value: ",
	},
}

func isText(v *ast.Value) bool { return v.Kind == ast.StringValue || v.Kind == ast.BlockValue }

func isNumber(v *ast.Value) bool { return v.Kind == ast.IntValue || v.Kind == ast.FloatValue }

func isInt32(digits string) bool {
	_, err := strconv.ParseInt(digits, 10, 32)
	return err == nil
}

func isFinite(number string) bool {
	_, err := strconv.ParseFloat(number, 64)
	return err == nil
}

// numberOf returns a number of JSON: its text, and its value, which is finite.
// Whoever calls the executor from Go may have numbers of Go.
func numberOf(v any) (text string, value float64, ok bool) {
	switch n := v.(type) {
	case json.Number:
		text = n.String()
	case int:
		text = strconv.Itoa(n)
	case int64:
		text = strconv.FormatInt(n, 10)
	case float64:
		text = strconv.FormatFloat(n, 'g', -1, 64)
	default:
		return "", 0, false
	}
	value, err := strconv.ParseFloat(text, 64)
	return text, value, err == nil && !math.IsNaN(value) && !math.IsInf(value, 0)
}

// jsonInt takes 1.0 and 1e2 too: JSON has one type of numbers, and these are whole.
func jsonInt(v any) (any, bool) {
	_, n, ok := numberOf(v)
	if !ok || n != math.Trunc(n) || n < math.MinInt32 || n > math.MaxInt32 {
		return nil, false
	}
	return int64(n), true
}

func jsonFloat(v any) (any, bool) {
	_, n, ok := numberOf(v)
	return n, ok
}

func jsonString(v any) (any, bool) {
	s, ok := v.(string)
	return s, ok
}

func jsonBoolean(v any) (any, bool) {
	b, ok := v.(bool)
	return b, ok
}

// ID coerces a value of JSON as an ID, for places of which the schema does not say that
// they have one: the representations of a federation. It reports whether it is one.
func ID(v any) (string, bool) {
	coerced, ok := jsonID(v)
	id, _ := coerced.(string)
	return id, ok
}

// jsonID converts whole numbers to their digits.
func jsonID(v any) (any, bool) {
	if s, ok := v.(string); ok {
		return s, true
	}
	text, n, ok := numberOf(v)
	switch {
	case !ok || n != math.Trunc(n):
		return nil, false
	case strings.ContainsAny(text, ".eE") || n == 0: // 5.0, 1e2, -0
		return strconv.FormatFloat(n+0, 'f', 0, 64), true
	default:
		return text, true
	}
}
