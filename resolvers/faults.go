package resolvers

import (
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/plexus-kg/plexus/resolvers/values"
)

// A document may be wrong in as many places as it has names. So that the answer
// stays smaller than the question, the first faults are told, and of a message
// its beginning.
const (
	toldFaults   = 10
	messageBytes = 500
)

// validation is how documents are validated.
type validation struct {
	schema *ast.Schema
	// introspection allows __schema and __type; suggestions are the names that
	// somebody may have meant, of which there are none without introspection.
	introspection, suggestions bool
}

// parse parses a document and validates it.
func (v *validation) parse(text string) (*ast.QueryDocument, gqlerror.List) {
	document, err := parse(text)
	if fault := (*gqlerror.Error)(nil); errors.As(err, &fault) {
		errcode.Set(fault, errcode.ParseFailed)
		return nil, gqlerror.List{fault}
	}
	faults := validator.ValidateWithRules(v.schema, document, v.rules())
	if len(faults) == 0 && len(document.Operations) == 0 {
		empty := gqlerror.Errorf("the document has no operation: add one, such as query { … }")
		if errcode.Set(empty, errcode.ValidationFailed); len(document.Fragments) == 0 {
			errcode.Set(empty, errcode.ParseFailed)
		}
		faults = gqlerror.List{empty}
	}
	if len(faults) == 0 {
		values.Settle(v.schema, document)
		return document, nil
	}
	if v.introspection && v.suggestions && len(faults) <= toldFaults {
		if again, err := parser.ParseQuery(&ast.Source{Input: text}); err == nil {
			if suggesting := validator.ValidateWithRules(v.schema, again, v.suggesting()); len(suggesting) > 0 {
				faults = suggesting
			}
		}
	}
	return nil, faults
}

// rules returns the rules. They look for no suggestions: that means to compare
// a name that is not known with all that are, which for a document with hundreds
// of such names takes a hundred times as long as everything else.
func (v *validation) rules() *rules.Rules {
	r := v.suggesting()
	r.ReplaceRule(rules.FieldsOnCorrectTypeRule.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.ScalarLeafsRule.Name, rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(values.Rule, values.Literals(false))
	return upTo(toldFaults+1, r)
}

func (v *validation) suggesting() *rules.Rules {
	r := rules.NewDefaultRules()
	r.ReplaceRule(values.Rule, values.Literals(true))
	r.ReplaceRule(rules.UniqueOperationNamesRule.Name, uniqueNames)
	if !v.introspection {
		r.AddRule(noIntrospection, refuseIntrospection)
	}
	return r
}

// uniqueNames is the rule that no two operations have one name. Those without a name
// are the business of another one.
func uniqueNames(observers *core.Events, addError core.AddErrFunc) {
	seen := map[string]bool{}
	observers.OnOperation(func(_ *core.Walker, o *ast.OperationDefinition) {
		if o.Name != "" && seen[o.Name] {
			addError(core.Message(`There can be only one operation named "%s".`, o.Name), core.At(o.Position))
		}
		seen[o.Name] = true
	})
}

// upTo returns the rules so that they find no more faults, all together: fields
// that conflict do so in pairs, thousands of them in a document within its
// limits.
func upTo(faults int, r *rules.Rules) *rules.Rules {
	found := 0
	for name, rule := range r.GetInner() {
		r.ReplaceRule(name, func(observers *core.Events, addError core.AddErrFunc) {
			rule(observers, func(options ...core.ErrorOption) {
				if found++; found <= faults {
					addError(options...)
				}
			})
		})
	}
	return r
}

// noIntrospection is the rule that the server's schema is not asked for.
const noIntrospection = "NoIntrospection"

func refuseIntrospection(observers *core.Events, addError core.AddErrFunc) {
	observers.OnField(func(_ *core.Walker, f *ast.Field) {
		switch f.Name {
		case "__schema", "__type", "_service": // the last tells it to a federation
			addError(core.Message("this server does not tell its schema: %s is switched off; __typename works", f.Name), core.At(f.Position))
		}
	})
}

// told is what is told of faults: each with a code, not too many, not too long.
func told(errs gqlerror.List) gqlerror.List {
	more := len(errs) > toldFaults
	if more {
		errs = errs[:toldFaults:toldFaults]
	}
	for _, err := range errs {
		withCure(withCode(err))
		if err.Rule == noIntrospection {
			errcode.Set(err, CodeIntrospection)
		}
		if len(err.Message) > messageBytes {
			err.Message = strings.ToValidUTF8(err.Message[:messageBytes], "") + "…"
		}
	}
	if more {
		errs = append(errs, withCode(&gqlerror.Error{Message: "there are more faults, which are not told"}))
	}
	return errs
}
