package frozen

import (
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// Resolve implements graph.Reader.
func (s *Store) Resolve(ctx context.Context, ids []string, out *graph.Resolution) (err error) {
	defer recovered(&err)
	out.Refs = out.Refs[:0]
	out.Candidates.Reset()
	var codes []graph.Code
	w := work{ctx: ctx}
	for _, id := range ids {
		if err := w.spend(100); err != nil {
			return err
		}
		ref := s.byID(id)
		if ref == graph.NoRef {
			ref = s.thing(s.findName(id))
		}
		if ref == graph.NoRef {
			ref = s.byOtherID(id)
		}
		if ref == graph.NoRef {
			from := len(out.Candidates.Items)
			out.Candidates.Items = s.appendCoded(out.Candidates.Items, id, &codes)
			if found := out.Candidates.Items[from:]; len(found) == 1 {
				ref = found[0]
				out.Candidates.Items = out.Candidates.Items[:from]
			}
		}
		out.Refs = append(out.Refs, ref)
		out.Candidates.Close()
	}
	return w.done()
}

// thing returns the ref of a term, NoRef if it is no thing.
func (s *Store) thing(term uint32) graph.Ref {
	if term > s.things() {
		return graph.NoRef
	}
	return graph.Ref(term)
}

// byID returns the thing with this id. The text of a thing's record is the id
// that follows from its IRI, whatever the namespace: so there are few records
// to look for.
func (s *Store) byID(id string) graph.Ref {
	var buffer [128]byte
	is := func(f int) graph.Ref {
		term := s.lookup(append(appendForm(buffer[:0], f), id...))
		if ref := s.thing(term); ref != graph.NoRef && s.id(term) == id {
			return ref
		}
		return graph.NoRef
	}
	for _, f := range [...]int{formSlug, formStatement, formWhole, formBlank} {
		if ref := is(f); ref != graph.NoRef {
			return ref
		}
	}
	if prefix, _, found := strings.Cut(id, ":"); found {
		for _, f := range s.spaces {
			if p := s.forms[f].Prefix; len(p) == len(prefix)+1 && p[:len(prefix)] == prefix {
				if ref := is(f); ref != graph.NoRef {
					return ref
				}
			}
		}
	}
	literal := s.lookup(append(append(buffer[:0], formPlain), id...))
	if literal == 0 {
		return graph.NoRef
	}
	for _, f := range [...]quads.Field{quads.FieldID, quads.FieldIdentifier} {
		if s.no[f] < 0 {
			continue
		}
		r := s.runTo(s.to(literal), uint16(s.no[f]))
		for _, i := range s.byObject[r.from:r.to] {
			if term := s.subjectOf(i); s.thing(term) != graph.NoRef && s.id(term) == id {
				return graph.Ref(term)
			}
		}
	}
	return graph.NoRef
}

// byOtherID returns the thing that had this id, or an id with this IRI, before, or
// into which what has it was joined.
func (s *Store) byOtherID(id string) graph.Ref {
	for _, f := range [...]quads.Field{quads.FieldFormerID, quads.FieldMemberID} {
		if s.no[f] < 0 {
			continue
		}
		for _, name := range [...]string{id, string(s.sum.Prefixes.Compact(id))} {
			literal := s.find(quad.String(name))
			r := s.runTo(s.to(literal), uint16(s.no[f]))
			for _, i := range s.byObject[r.from:r.to] {
				if term := s.subjectOf(i); s.thing(term) != graph.NoRef {
					return graph.Ref(term)
				}
			}
		}
	}
	return graph.NoRef
}

// appendCoded appends the concepts with this exact-match code, in order.
func (s *Store) appendCoded(dst []graph.Ref, id string, w *[]graph.Code) []graph.Ref {
	start := len(dst)
	var buffer [256]byte
	expanded := s.appendExpanded(buffer[:0], id)
	for n, name := range [...][]byte{expanded, append(expanded[len(expanded):], id...)} {
		if n == 1 && id == text(expanded) {
			break
		}
		hash := codeHash(text(name))
		at, _ := slices.BinarySearch(s.codeHash, hash)
		for ; at < len(s.codeHash) && s.codeHash[at] == hash; at++ {
			ref := s.codeRef[at]
			*w = s.appendCodes((*w)[:0], ref)
			has := slices.ContainsFunc(*w, func(k graph.Code) bool {
				var other [256]byte
				return k.Match == graph.MatchExact && (string(k.Code) == id || text(s.appendExpanded(other[:0], string(k.Code))) == id)
			})
			if has && !slices.Contains(dst[start:], graph.Ref(ref)) {
				dst = append(dst, graph.Ref(ref))
			}
		}
	}
	slices.Sort(dst[start:])
	return dst
}

// appendExpanded appends what graph.Prefixes.Expand returns.
func (s *Store) appendExpanded(dst []byte, id string) []byte {
	prefix, local, found := strings.Cut(id, ":")
	switch {
	case found && strings.HasPrefix(local, "//"), found && prefix == "_":
		return append(dst, id...)
	case found:
		if space, ok := s.sum.Prefixes.Namespace(prefix); ok {
			dst = append(dst, space...)
			return append(dst, local...)
		}
		return append(dst, id...)
	case graph.IsStatementID(id):
		dst = append(dst, graph.StatementBase...)
	default:
		dst = append(dst, graph.ConceptBase...)
	}
	return append(dst, id...)
}
