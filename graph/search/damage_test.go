package search

import (
	"encoding/binary"
	"errors"
	"reflect"
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

// use asks an index whatever its bytes say: there is an answer or an error, and
// no panic. It reports whether every question was answered.
func use(t testing.TB, x *Index) (answered bool) {
	t.Helper()
	var result Result
	var completion Completion
	answered = true
	for _, text := range []string{"a", "cold", "fever cold", "colt fevr", "influenzza", "mondo:1", "sign of", "old", "発熱"} {
		for _, err := range []error{
			x.Search(t.Context(), Query{Text: text}, &result),
			x.Complete(t.Context(), Query{Text: text}, 5, &completion),
		} {
			if err != nil && !errors.Is(err, ErrDamaged) {
				t.Fatal(err)
			}
			answered = answered && err == nil
		}
	}
	_, _ = x.Stats(), x.Version()
	return answered
}

// refused reports whether an error is that of an index of which a byte is altered: of
// another format where that is a byte of the format, which may make it the one of
// before.
func refused(err error, at int) bool {
	return errors.Is(err, ErrDamaged) || at >= len(magic) && at < len(magic)+4 && errors.Is(err, ErrFormat)
}

// TestDamage alters every byte and cuts at every length. What the header says is
// checked when the section is opened. All else is noticed by Verify, by the
// checksum or, where it is mended, mostly by what the parts say of each other;
// until then it costs the questions that meet it, and nobody else.
func TestDamage(t *testing.T) {
	good := small(t).Bytes()
	if x := small(t); !use(t, x) || x.Verify() != nil {
		t.Fatal("what was built is not whole")
	}
	noticed, stopped := 0, 0
	for i := range good {
		for _, change := range []byte{1, 0x80, 0xff} {
			bad := append([]byte(nil), good...)
			bad[i] ^= change
			if x, err := Open(bad); err == nil {
				err = x.Verify()
				if !errors.Is(err, ErrDamaged) {
					t.Fatalf("byte %d altered: %v", i, err)
				}
			} else if !refused(err, i) {
				t.Fatalf("byte %d altered: %v", i, err)
			}
			x, err := Open(mend(bad))
			if err == nil {
				if !use(t, x) {
					stopped++
				}
				err = x.Verify()
			}
			if err != nil {
				noticed++
			}
			if err != nil && !refused(err, i) {
				t.Fatalf("byte %d altered: %v", i, err)
			}
		}
		if _, err := Open(append([]byte(nil), good[:i]...)); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut after %d of %d bytes: %v", i, len(good), err)
		}
	}
	if _, err := Open(append(append([]byte(nil), good...), 0)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte too many: %v", err)
	}
	if noticed < len(good)/4 {
		t.Errorf("only %d of %d altered sections were refused: the checks behind the checksum do little", noticed, 3*len(good))
	}
	if stopped == 0 {
		t.Error("no damage was met by any question")
	}
}

// Questions that damage has stopped leave nothing behind for those that come
// after them.
func TestDamageStaysWhereItIs(t *testing.T) {
	bad := append([]byte(nil), small(t).Bytes()...)
	whole, err := Open(append([]byte(nil), bad...))
	if err != nil {
		t.Fatal(err)
	}
	damaged, err := Open(bad)
	if err != nil {
		t.Fatal(err)
	}
	// The last list is cut off, which only questions for its word can meet.
	w := damaged.Words - 1
	list := damaged.list(w)
	list[len(list)-1] |= 0x80
	var want, got Result
	if err := damaged.Search(t.Context(), Query{Text: string(damaged.word(w))}, &got); !errors.Is(err, ErrDamaged) {
		t.Fatalf("a word whose list is damaged: %v", err)
	}
	for _, text := range []string{"cold", "fever", "influenza", "colt"} {
		if err := whole.Search(t.Context(), Query{Text: text}, &want); err != nil {
			t.Fatal(err)
		}
		if err := damaged.Search(t.Context(), Query{Text: text}, &got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// What it costs to open an index does not depend on its size.
func TestOpenReadsTheHeaderOnly(t *testing.T) {
	allocations := func(concepts int) float64 {
		x, err := Build(t.Context(), graphtest.NewNaive(graphtest.Large(1, concepts)))
		if err != nil {
			t.Fatal(err)
		}
		data := append([]byte(nil), x.Bytes()...)
		clear(data[bodyStart+binary.Size(x.header):]) // nothing behind the header is looked at
		return testing.AllocsPerRun(10, func() {
			if _, err := Open(data); err != nil {
				t.Fatal(err)
			}
		})
	}
	if few, many := allocations(1000), allocations(10_000); few != many {
		t.Errorf("%v allocations for 1,000 quads, %v for 10,000", few, many)
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
		x, err := Open(mend(data))
		if err == nil {
			use(t, x)
			err = x.Verify()
		}
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrFormat) {
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
		if again := x.Complete(t.Context(), Query{Text: text}, 10, &completion); (again == nil) != (err == nil) {
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
		// A question of a form stands behind the names of things.
		if len(result.Hits) != 1 || result.Hits[0].Match.Kind != Exact || result.Hits[0].Score != 1 && !isQuestion(text) {
			t.Fatalf("%q finds itself as %v", text, result.Hits)
		}
	})
}
