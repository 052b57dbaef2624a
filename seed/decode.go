package seed

import (
	"math"
	"strconv"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/goccy/go-yaml/ast"

	"github.com/plexus-kg/plexus/graph"
)

// decoder turns the nodes of one file into the types of the format. It goes on
// after a fault, so that all faults of a file are reported at once; what was
// faulty stays empty and is marked as given, so that it is not reported as
// missing too.
type decoder struct {
	file     string
	problems *problems
}

// text is a scalar with its place. An absent one has no place.
type text struct {
	is    string
	at    place
	blank bool // an empty text was written: not a fault in itself
}

func (t text) given() bool { return t.at.file != "" }

// or returns the text or, where none is given, another.
func (t text) or(other text) text {
	if t.given() {
		return t
	}
	return other
}

// field is a key of a mapping and what to do with its value.
type field struct {
	key  string
	read func(ast.Node)
}

func (d *decoder) place(n ast.Node) place { return placeOf(d.file, firstToken(n)) }

// shape reports a node that is not of the wanted shape.
func (d *decoder) shape(n ast.Node, what, want string) {
	if _, null := n.(*ast.NullNode); null {
		d.blank(d.place(n), what)
		return
	}
	d.problems.add(d.place(n), RuleWrongShape, "", "%s: expected %s, found %s", what, want, shapeOf(n))
}

func (d *decoder) blank(at place, what string) {
	d.problems.add(at, RuleEmptyValue, "", "%s: has no value: give one, or leave it out", what)
}

// mapping reads the fields of a mapping, and reports whether n is one; what
// names it in messages.
func (d *decoder) mapping(n ast.Node, what string, fields ...field) bool {
	return d.open(n, what, func(text) func(ast.Node) { return nil }, fields...)
}

// open is mapping for one that may have other keys, too: other returns the reader
// of such a key, nil for one that is not known.
func (d *decoder) open(n ast.Node, what string, other func(text) func(ast.Node), fields ...field) bool {
	read := func(v *ast.MappingValueNode, key text) {
		keys := make([]string, len(fields))
		for i, f := range fields {
			if f.key == key.is {
				f.read(v.Value)
				return
			}
			keys[i] = f.key
		}
		if further := other(key); further != nil {
			further(v.Value)
			return
		}
		if _, empty := v.Value.(*ast.NullNode); empty && (strings.Contains(key.is, " ") || key.is[0] >= '0' && key.is[0] <= '9') {
			d.problems.add(key.at, RuleUnknownKey, "", "%s: %q is no key: within { } a text with a comma has to stand in quotes", what, syntax.Shorten(key.is))
			return
		}
		if hint := instead(what, key.is); hint != "" {
			d.problems.add(key.at, RuleUnknownKey, "", "%s: unknown key %q: %s", what, syntax.Shorten(key.is), hint)
			return
		}
		if near := nearest(key.is, keys); near != "" {
			d.problems.add(key.at, RuleUnknownKey, near, "%s: unknown key %q", what, syntax.Shorten(key.is))
			return
		}
		d.problems.add(key.at, RuleUnknownKey, "", "%s: unknown key %q; known are %s", what, syntax.Shorten(key.is), list(keys, "and"))
	}
	return d.each(n, what, read)
}

// texts reads a mapping from keys of any kind to texts, in the order of the
// file.
func (d *decoder) texts(n ast.Node, what string, add func(key, value text)) {
	d.each(n, what, func(v *ast.MappingValueNode, key text) {
		var value text
		d.text(what+": "+syntax.Shorten(key.is), &value)(v.Value)
		add(key, value)
	})
}

// each calls do for every key of a mapping once, and reports whether n is one.
func (d *decoder) each(n ast.Node, what string, do func(v *ast.MappingValueNode, key text)) bool {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		d.shape(n, what, "a mapping")
		return false
	}
	seen := make(map[string]place, len(values))
	for _, v := range values {
		name, ok := scalar(v.Key)
		key := text{is: name, at: placeOf(d.file, v.Key.GetToken())}
		if !ok {
			d.problems.add(key.at, RuleWrongShape, "", "%s: expected a text as key", what)
			continue
		}
		if first, twice := seen[name]; twice {
			d.problems.add(key.at, RuleDuplicateKey, "", "%s: the key %q stands twice; first at line %d", what, syntax.Shorten(name), first.line)
			continue
		}
		seen[name] = key.at
		if v.Value == nil {
			d.blank(key.at, what+": "+syntax.Shorten(name))
			continue
		}
		do(v, key)
	}
	return true
}

// list returns a reader of a list that calls each for every entry.
func (d *decoder) list(what string, each func(ast.Node)) func(ast.Node) {
	return func(n ast.Node) {
		seq, ok := n.(*ast.SequenceNode)
		if !ok {
			d.shape(n, what, "a list")
			return
		}
		if len(seq.Values) == 0 {
			d.blank(d.place(n), what)
		}
		for _, entry := range seq.Values {
			switch {
			case d.problems.full(d.file):
				return
			case entry == nil:
				d.blank(d.place(n), what)
			default:
				each(entry)
			}
		}
	}
}

// words returns a reader of a list of texts.
func (d *decoder) words(what string, to *[]text) func(ast.Node) {
	return d.list(what, func(n ast.Node) {
		var t text
		if d.text(what, &t)(n); t.is != "" {
			*to = append(*to, t)
		}
	})
}

// text returns a reader of a text. It may not be empty.
func (d *decoder) text(what string, to *text) func(ast.Node) {
	return func(n ast.Node) {
		if d.maybe(what, to)(n); to.blank {
			d.blank(to.at, what)
		}
	}
}

// maybe returns a reader of a text that may be empty. White space around it is
// none of its content.
func (d *decoder) maybe(what string, to *text) func(ast.Node) {
	return func(n ast.Node) {
		to.at = d.place(n)
		s, ok := scalar(n)
		if !ok {
			d.shape(n, what, "a text")
			return
		}
		to.is = strings.TrimSpace(s)
		to.blank = to.is == ""
		if isUnfilled(to.is) {
			d.problems.add(to.at, RuleUnfilled, "write what the source says, or leave it out", "%s is still to be filled in: %s", what, syntax.Shorten(to.is))
		}
	}
}

// isUnfilled reports whether a text is still the one that [New] wrote.
func isUnfilled(s string) bool {
	return s == "TODO" || strings.HasPrefix(s, "TODO ") || strings.HasPrefix(s, "TODO:") || strings.HasPrefix(s, "todo-")
}

func isText(n ast.Node) bool {
	_, ok := scalar(n)
	return ok
}

// truth is true or false, with its place.
type truth struct {
	is bool
	at place
}

func (t truth) given() bool { return t.at.file != "" }

func (d *decoder) truth(what string, to *truth) func(ast.Node) {
	return func(n ast.Node) {
		to.at = d.place(n)
		if b, ok := n.(*ast.BoolNode); ok {
			to.is = b.Value
			return
		}
		d.shape(n, what, "true or false")
	}
}

// share is a number between 0 and 1, with its place.
type share struct {
	is    *float64
	at    place
	blank bool
}

func (s share) given() bool { return s.at.file != "" }

func (d *decoder) share(what string, to *share) func(ast.Node) {
	return func(n ast.Node) {
		to.at = d.place(n)
		switch n.(type) {
		case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		case *ast.StringNode:
			if to.blank = n.GetToken().Value == ""; to.blank {
				return
			}
			if written := n.GetToken().Value; isShareOf(written) {
				d.problems.add(to.at, RuleBadFrequency, "", "%s: %q is no number between 0 and 1: write frequency: %s, as the source has it", what, syntax.Shorten(written), written)
				return
			}
			d.shape(n, what, "a number between 0 and 1")
			return
		default:
			d.shape(n, what, "a number between 0 and 1")
			return
		}
		*to = d.problems.share(what, text{is: n.GetToken().Value, at: to.at})
	}
}

// isShareOf reports whether a text has a share in numbers: 10 %, 1 in 100.
func isShareOf(text string) bool {
	f, err := graph.ParseFrequency(text)
	return err == nil && !math.IsNaN(f.Min)
}

// share reads a number between 0 and 1.
func (p *problems) share(what string, t text) share {
	v, err := strconv.ParseFloat(t.is, 64)
	if err != nil || math.IsNaN(v) || v < 0 || v > 1 {
		p.add(t.at, RuleBadFrequency, "", "%s: %s is not a share between 0 and 1 (30 %% is 0.3, or frequency: 30 %%)", what, syntax.Shorten(t.is))
		return share{at: t.at}
	}
	return share{is: &v, at: t.at}
}
