package search

import (
	"encoding/binary"
	"errors"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

func small(t testing.TB) *Index {
	t.Helper()
	x, err := Build(t.Context(), graphtest.NewNaive(graphtest.Small()))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// mend gives damaged bytes the checksum that they would have.
func mend(data []byte) []byte {
	if len(data) >= bodyStart {
		binary.LittleEndian.PutUint32(data[bodyStart-4:], checksum(data[bodyStart:]))
	}
	return data
}

// use asks an index whatever its bytes say; it must not panic.
func use(t testing.TB, x *Index) {
	t.Helper()
	var result Result
	var completion Completion
	for _, text := range []string{"a", "cold", "fever cold", "colt fevr", "influenzza", "mondo:1", "sign of", "old", "発熱"} {
		if err := x.Search(t.Context(), Query{Text: text}, &result); err != nil {
			t.Fatal(err)
		}
		if err := x.Complete(t.Context(), text, nil, 5, &completion); err != nil {
			t.Fatal(err)
		}
	}
	_ = x.Stats()
}

// TestDamage alters every byte and cuts at every length: the checksum notices
// all of it, and where it is mended, what is left is refused or harmless.
func TestDamage(t *testing.T) {
	good := small(t).Bytes()
	use(t, small(t))
	refused := 0
	for i := range good {
		for _, change := range []byte{1, 0x80, 0xff} {
			bad := append([]byte(nil), good...)
			bad[i] ^= change
			if _, err := Open(bad); !errors.Is(err, ErrDamaged) {
				t.Fatalf("byte %d altered: %v", i, err)
			}
			x, err := Open(mend(bad))
			if err == nil {
				use(t, x)
			} else if refused++; !errors.Is(err, ErrDamaged) {
				t.Fatalf("byte %d altered: %v", i, err)
			}
		}
		if _, err := Open(mend(append([]byte(nil), good[:i]...))); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut after %d of %d bytes: %v", i, len(good), err)
		}
	}
	if _, err := Open(mend(append(append([]byte(nil), good...), 0))); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte too many: %v", err)
	}
	if refused < len(good)/4 {
		t.Errorf("only %d of %d altered sections were refused: the checks behind the checksum do little", refused, 3*len(good))
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(small(f).Bytes())
	empty, err := Build(f.Context(), graphtest.NewNaive(&graph.Dataset{}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(empty.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		if x, err := Open(mend(data)); err == nil {
			use(t, x)
		} else if !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
	})
}

// FuzzText: whatever is typed, the answer is one, or says that it is no text;
// and a text finds itself.
func FuzzText(f *testing.F) {
	for _, text := range []string{"Bell’s palsy", "½ ßﬁ", "發燒", "\u0301a", "a'b' 'c", "ⅷ㎨ ǆ", "İI", "x:y z"} {
		f.Add(text)
	}
	x := small(f)
	f.Fuzz(func(t *testing.T, text string) {
		var result Result
		err := x.Search(t.Context(), Query{Text: text}, &result)
		if err != nil && !errors.Is(err, graph.ErrInvalid) {
			t.Fatal(err)
		}
		var completion Completion
		if again := x.Complete(t.Context(), text, nil, 10, &completion); (again == nil) != (err == nil) {
			t.Fatalf("Search says %v, Complete %v", err, again)
		}
		if err != nil {
			return
		}
		end := 0
		var words scanner
		for words.reset(text); words.next(); {
			if words.start < end || words.end <= words.start || words.end > len(text) || len(words.folded) == 0 {
				t.Fatalf("a word at [%d, %d) after %d of %q", words.start, words.end, end, text)
			}
			end = words.end
		}
		if end == 0 {
			if len(result.Hits)+len(completion.Hits) > 0 {
				t.Fatalf("%q has no word and finds something", text)
			}
			return
		}
		own := &graph.Dataset{Concepts: []graph.Concept{{ID: "c", Types: []graph.ID{"schema:MedicalSign"}, Names: []graph.Text{{Text: text}}}}}
		if err := own.Normalize(); err != nil {
			t.Fatal(err)
		}
		self, err := Build(t.Context(), graphtest.NewNaive(own))
		if err != nil {
			t.Fatal(err)
		}
		if err := self.Search(t.Context(), Query{Text: text}, &result); err != nil {
			t.Fatal(err)
		}
		if len(result.Hits) != 1 || result.Hits[0].Score != 1 || result.Hits[0].Match.Kind != Exact {
			t.Fatalf("%q finds itself as %v", text, result.Hits)
		}
	})
}
