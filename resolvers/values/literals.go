package values

import (
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// oneOf is the directive of input objects of which exactly one field is given.
const oneOf = "oneOf"

// Rule is the name of the rule that Literals replaces.
var Rule = rules.ValuesOfCorrectTypeRule.Name

// Literals returns the rule that the literals of a document fit the types of their
// places. With suggestions it says what a name may have been meant to be.
func Literals(suggestions bool) core.RuleFunc {
	return func(observers *core.Events, addError core.AddErrFunc) {
		observers.OnValue(func(w *core.Walker, v *ast.Value) {
			check := literal{v, addError, suggestions}
			switch t := v.ExpectedType; {
			case v.Kind == ast.Variable: // VariablesInAllowedPosition
			case t == nil || v.Definition == nil:
				check.number() // within a value of a scalar that only its readers know
			case v.Kind == ast.NullValue:
				if t.NonNull {
					check.unexpected()
				}
			case v.Kind == ast.ListValue:
				if t.Elem == nil && !custom(v.Definition) {
					check.unexpected()
				}
			case v.Definition.Kind == ast.InputObject:
				check.object()
			case v.Definition.Kind == ast.Enum:
				check.enum()
			default:
				check.scalar()
			}
		})
	}
}

// custom reports whether a type is a scalar of which the specification says nothing.
func custom(d *ast.Definition) bool {
	return d.Kind == ast.Scalar && scalars[d.Name].json == nil
}

type literal struct {
	*ast.Value
	add         core.AddErrFunc
	suggestions bool
}

func (l literal) refuse(format string, args ...any) {
	l.add(core.Message(format, args...), core.At(l.Position))
}

func (l literal) unexpected() {
	l.refuse(`Expected value of type "%s", found %s.`, l.ExpectedType, l.Value)
}

// number refuses a number that no type of numbers has.
func (l literal) number() {
	if isNumber(l.Value) && !isFinite(l.Raw) {
		l.refuse("The number %s is too large.", l.Value)
	}
}

func (l literal) scalar() {
	s, known := scalars[l.Definition.Name]
	switch {
	case !known:
		l.number()
	case s.literal(l.Value):
	case l.Definition.Name == "Int" && l.Kind == ast.IntValue:
		l.refuse("Int cannot represent non 32-bit signed integer value: %s", l.Value)
	default:
		l.refuse("%s%s", s.not, l.Value)
	}
}

func (l literal) enum() {
	names := make([]string, len(l.Definition.EnumValues))
	for i, v := range l.Definition.EnumValues {
		names[i] = v.Name
	}
	message := core.Message(`Enum "%s" cannot represent non-enum value: %s.`, l.Definition.Name, l.Value)
	if l.Kind == ast.EnumValue {
		if l.Definition.EnumValues.ForName(l.Raw) != nil {
			return
		}
		message = core.Message(`Value "%s" does not exist in "%s" enum.`, l.Value, l.Definition.Name)
	}
	l.add(message, l.meant("Did you mean the enum value", l.Raw, names), core.At(l.Position))
}

// meant suggests names like the one that was written.
func (l literal) meant(prefix, name string, names []string) core.ErrorOption {
	if !l.suggestions {
		return core.Message("")
	}
	for _, n := range names {
		if strings.EqualFold(n, name) {
			names = []string{n}
		}
	}
	return core.SuggestListQuoted(prefix, name, names)
}

func (l literal) object() {
	if l.Kind != ast.ObjectValue {
		l.unexpected()
		return
	}
	names := make([]string, len(l.Definition.Fields))
	for i, f := range l.Definition.Fields {
		names[i] = f.Name
		if f.Type.NonNull && f.DefaultValue == nil && l.Children.ForName(f.Name) == nil {
			l.refuse(`Field "%s.%s" of required type "%s" was not provided.`, l.Definition.Name, f.Name, f.Type)
		}
	}
	for _, child := range l.Children {
		if l.Definition.Fields.ForName(child.Name) == nil {
			l.add(core.Message(`Field "%s" is not defined by type "%s".`, child.Name, l.Definition.Name),
				l.meant("Did you mean", child.Name, names), core.At(child.Position))
		}
	}
	if l.Definition.Directives.ForName(oneOf) == nil {
		return
	}
	if len(l.Children) != 1 {
		l.refuse(`OneOf Input Object "%s" must specify exactly one key.`, l.Definition.Name)
		return
	}
	only := l.Children[0]
	nullable := only.Value.Kind == ast.Variable && only.Value.VariableDefinition != nil && !only.Value.VariableDefinition.Type.NonNull
	if only.Value.Kind == ast.NullValue || nullable {
		l.refuse(`Field "%s.%s" must be non-null.`, l.Definition.Name, only.Name)
	}
}

// Settle readies the literals of a valid document for being run: an ID that is
// written as a number becomes its digits, however many there are, another whole number
// beyond 64 bits the nearest one that is none, and a variable forgets the operation in which the parser found it last, so that a fragment takes
// the defaults of the operation that is run: they are among the values of Variables.
func Settle(schema *ast.Schema, document *ast.QueryDocument) {
	observers := &core.Events{}
	observers.OnValue(func(_ *core.Walker, v *ast.Value) {
		switch {
		case v.Kind == ast.Variable:
			v.VariableDefinition = nil
		case v.Kind != ast.IntValue:
		case v.Definition != nil && v.Definition.Name == "ID":
			v.Kind = ast.StringValue
		default:
			if _, err := strconv.ParseInt(v.Raw, 10, 64); err != nil {
				v.Kind = ast.FloatValue
			}
		}
	})
	core.Walk(schema, document, observers)
}
