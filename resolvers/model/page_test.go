package model

import (
	"testing"
	"unicode/utf8"
)

// FuzzCursor: a text that is taken for a cursor is exactly the cursor that was
// given for that place of that list; every other is refused with a code, and a
// message that a client can read.
func FuzzCursor(f *testing.F) {
	const version = "p5m5c334dguaelis"
	listOf := func(version, field, id string, arguments ...any) *list {
		return (&lists{version: version, field: field, arguments: arguments}).of(id)
	}
	l := listOf(version, "causes", "eeg")
	for _, cursor := range []string{
		"", "AA", l.cursor(0), l.cursor(1 << 30), listOf("older", "causes", "eeg").cursor(1), listOf(version, "tests", "eeg").cursor(1),
		l.cursor(7)[1:], l.cursor(7) + "=", l.cursor(7) + "A", "ÄÖÜ", "\xff\x00",
	} {
		f.Add(version, "causes", "eeg", uint32(7), cursor)
	}
	f.Fuzz(func(t *testing.T, version, field, id string, position uint32, cursor string) {
		if len(version) > 255 {
			return // versions have 16 letters
		}
		l := listOf(version, field, id)
		position &= 1<<31 - 1
		if got, err := l.position(l.cursor(int(position))); err != nil || got != int(position) {
			t.Errorf("the cursor of %d is read as %d, %v", position, got, err)
		}
		got, err := l.position(cursor)
		switch {
		case err == nil && l.cursor(got) != cursor:
			t.Errorf("%q is taken for the cursor of %d, which is %q", cursor, got, l.cursor(got))
		case err != nil && (err.Code != BadCursor && err.Code != StaleCursor || len(err.Message) > 800 || utf8.ValidString(version) && !utf8.ValidString(err.Message)):
			t.Errorf("%q: %v", cursor, err)
		}
		for _, other := range []*list{listOf(version, field, id+"x"), listOf(version, field, id, "x"), listOf(version+"x", field, id)} {
			if got, err := other.position(l.cursor(int(position))); err == nil {
				t.Errorf("a cursor of another list is read as %d", got)
			}
		}
	})
}
