package limits

import "encoding/json"

// CheckVariables checks the values of an operation's variables, as JSON gives them.
func (l Limits) CheckVariables(variables map[string]any) *Exceeded {
	if e := exceeded("variables", l.Variables, len(variables)); e != nil {
		return e
	}
	for _, v := range variables {
		if e := l.value(v, 1); e != nil {
			return e
		}
	}
	return nil
}

func (l Limits) value(v any, nesting int) *Exceeded {
	switch v := v.(type) {
	case string:
		return exceeded("stringBytes", l.StringBytes, len(v))
	case json.Number:
		return exceeded("stringBytes", l.StringBytes, len(v))
	case []any:
		if e := l.container(len(v), nesting); e != nil {
			return e
		}
		for _, item := range v {
			if e := l.value(item, nesting+1); e != nil {
				return e
			}
		}
	case map[string]any:
		if e := l.container(len(v), nesting); e != nil {
			return e
		}
		for _, item := range v {
			if e := l.value(item, nesting+1); e != nil {
				return e
			}
		}
	}
	return nil
}

func (l Limits) container(items, nesting int) *Exceeded {
	if e := exceeded("nesting", l.Nesting, nesting); e != nil {
		return e
	}
	return exceeded("listItems", l.ListItems, items)
}
