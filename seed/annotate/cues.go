package annotate

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

//go:embed words.tsv
var wordTable string

//go:embed relations.tsv
var relationTable string

// class says what words do.
type class uint8

const (
	nothing     class = iota // they take the meaning of others
	limits                   // they are or say the value of a qualifier
	possibleNot              // perhaps it is not so
	ends                     // they end a clause
	anaphor                  // they stand for what was named before
	idiom                    // they have no name in them
	other                    // it is said of somebody or something else
	relates                  // they say how two concepts are related
)

// reach says which part of its clause words reach.
type reach uint8

const (
	nowhere reach = iota
	after
	before
	both
)

// cue is a row of a table.
type cue struct {
	words     string
	class     class
	qualifier graph.Qualifier // of limits
	value     string          // "=": the words themselves
	reach     reach
	kind      graph.Kind // of an anaphor
	means     []direction
}

// direction is a predicate that words may mean, and where its subject stands.
type direction struct {
	predicate graph.Predicate
	reach     reach // of the subject: before the words, after them, or on both sides
}

// cues and relations are the rows of the tables. A test reads every row.
var cues, relations = mustRead(readCues(wordTable)), mustRead(readRelations(relationTable))

func mustRead(rows []cue, err error) []cue {
	if err != nil {
		panic(err) // not reached: the tables are part of the program, and the tests read them
	}
	return rows
}

// rows yields the rows of a table of columns.
func rows(table string, columns int) (all [][]string, err error) {
	for i, line := range strings.Split(table, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			return nil, fmt.Errorf("line %d has %d columns, not %d", i+1, len(row), columns)
		}
		all = append(all, row)
	}
	return all, nil
}

func readCues(table string) (all []cue, err error) {
	lines, err := rows(table, 4)
	for _, row := range lines {
		c := cue{words: row[0], value: row[2]}
		at := slices.Index([]string{"-", "after", "before", "both"}, row[3])
		of, isQualifier := qualifierNamed(row[1])
		switch named := slices.Index([]string{"nothing", "", "possible-not", "end", "anaphor", "idiom", "other"}, row[1]); {
		case at < 0:
			return nil, fmt.Errorf("%s: nothing reaches %q", row[0], row[3])
		case named >= 0:
			c.class = class(named)
		case isQualifier:
			c.class, c.qualifier = limits, of
		default:
			return nil, fmt.Errorf("%s: there is no class %q", row[0], row[1])
		}
		c.reach = reach(at)
		if c.class == anaphor {
			at := slices.Index(graph.KindNames(graph.Kinds()), row[2])
			if at < 0 {
				return nil, fmt.Errorf("%s: there is no kind %q", row[0], row[2])
			}
			c.kind = graph.Kinds()[at]
		}
		if c.class == limits && of.Info().Type == graph.WordQualifier {
			if _, known := of.Word(c.value); !known {
				return nil, fmt.Errorf("%s: %s has no word %q", row[0], of, c.value)
			}
		}
		all = append(all, c)
	}
	return all, err
}

func qualifierNamed(name string) (graph.Qualifier, bool) {
	for _, q := range graph.AllQualifiers() {
		if q.String() == name {
			return q, true
		}
	}
	return 0, false
}

func readRelations(table string) (all []cue, err error) {
	lines, err := rows(table, 2)
	for _, row := range lines {
		c := cue{words: row[0], class: relates}
		for _, meant := range strings.Split(row[1], "; ") {
			name, where, _ := strings.Cut(meant, " ")
			at := slices.IndexFunc(graph.Registry(), func(p graph.Predicate) bool { return p.Name == name })
			side := strings.Index("><=", where)
			if at < 0 || side < 0 || where == "" {
				return nil, fmt.Errorf("%s: %q names no predicate with a direction", row[0], meant)
			}
			c.means = append(c.means, direction{graph.Registry()[at], []reach{before, after, both}[side]})
		}
		all = append(all, c)
	}
	return all, err
}
