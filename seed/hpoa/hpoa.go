// Package hpoa reads phenotype.hpoa, the annotations of diseases by the Human Phenotype
// Ontology (https://hpo.jax.org, https://obophenotype.github.io/human-phenotype-ontology/annotations/phenotype_hpoa/),
// as the two tables of package kgx: a node for each disease and phenotype, an edge for
// each row.
//
// The aspect of a row says what its term is to the disease: a phenotype (P) is a sign;
// the mode of inheritance (I), the clinical course (C), a modifier (M) and the past
// medical history (H) are predicates of their own. Rows of any other aspect are told and
// not read. NOT denies; onset is the timing, sex the population, the reference the
// locator; a frequency stays as it is published. Modifiers are the severity, the
// laterality or else the context of a claim. Evidence codes are those of the ECO; who
// made the row, and when, are further values.
package hpoa

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// Namespace is that of the predicates that neither we nor the Biolink Model have.
const Namespace = "https://kg.example/hpoa#"

// predicates are those of the aspects.
var predicates = map[string]string{
	"P": "signOrSymptom",
	"I": "biolink:has_mode_of_inheritance",
	"C": Namespace + "hasClinicalCourse",
	"M": Namespace + "hasClinicalModifier",
	"H": Namespace + "hasPastMedicalHistory",
}

// evidence are the codes of the Evidence and Conclusion Ontology.
var evidence = map[string]string{
	"IEA": "ECO:0000501", // inferred from electronic annotation
	"PCS": "ECO:0006017", // published clinical study
	"TAS": "ECO:0000304", // traceable author statement
	"ICE": "ECO:0006019", // individual clinical experience
}

// qualifiers are the columns for the terms of HPO that are modifiers, by what is below
// HP:0012824 (severity) and HP:0012831 (laterality).
var qualifiers = map[string]string{
	"HP:0012825": "severity", "HP:0012826": "severity", "HP:0012827": "severity", "HP:0012828": "severity", "HP:0012829": "severity",
	"HP:0012832": "laterality", "HP:0012833": "laterality", "HP:0012834": "laterality", "HP:0012835": "laterality",
}

// columns are those of the file, by their names in both of its headers.
var columns = [...]string{
	"databaseid", "diseasename", "qualifier", "hpoid", "reference", "evidence", "onset", "frequency", "sex", "modifier", "aspect", "biocuration",
}

var (
	nodeHeader = []string{"id", "category", "name"}
	edgeHeader = []string{
		"subject", "predicate", "object", "negated", "locator", "evidenceCode", "timing", "frequency", "population", "severity", "laterality", "context",
		"prov:wasAttributedTo", "prov:generatedAtTime",
	}
)

// Reader is the [syntax.Rows] of one of the two tables.
type Reader struct {
	edges   bool // else nodes
	from    syntax.Rows
	at      map[string]int // the columns of the file
	pending [][]syntax.Cell
	seen    map[string]bool // nodes
	left    []syntax.Left
}

// Nodes returns a reader of the diseases and phenotypes of the rows of a file.
func Nodes(rows syntax.Rows) *Reader { return &Reader{from: rows, seen: map[string]bool{}} }

// Edges returns a reader of what the rows of a file say of them.
func Edges(rows syntax.Rows) *Reader { return &Reader{edges: true, from: rows} }

// Line returns the number of the line that was read last.
func (h *Reader) Line() int { return h.from.Line() }

// Left returns what was not read of the edges.
func (h *Reader) Left() []syntax.Left { return h.left }

// Next returns the cells of the next row; see [syntax.Rows].
func (h *Reader) Next() ([]syntax.Cell, error) {
	for len(h.pending) == 0 {
		row, err := h.from.Next()
		if err != nil {
			if h.at == nil && errors.Is(err, io.EOF) {
				return nil, syntax.NewMistake(syntax.Malformed, syntax.Place{Line: max(1, h.from.Line()-1)}, "there is no header: a line with the columns database_id, disease_name, qualifier, hpo_id and so on")
			}
			return nil, err
		}
		h.read(row)
	}
	next := h.pending[0]
	h.pending = h.pending[1:]
	return next, nil
}

// name returns a name of a column as both headers have it: database_id is #DatabaseID.
func name(cell string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(cell, "#"), "_", ""))
}

func (h *Reader) read(row []syntax.Cell) {
	switch {
	case h.at == nil && name(row[0].Text) == columns[0]:
		h.at = map[string]int{}
		for i, c := range row {
			h.at[name(c.Text)] = i
		}
		header := nodeHeader
		if h.edges {
			header = edgeHeader
		}
		cells := make([]syntax.Cell, len(header))
		for i, text := range header {
			cells[i] = syntax.Cell{Text: text, Line: row[0].Line, Column: i + 1}
		}
		h.pending = append(h.pending, cells)
	case strings.HasPrefix(row[0].Text, "#"), h.at == nil && len(row) < 2: // a remark
	case h.at == nil: // the header of nothing that is known
		h.pending = append(h.pending, row)
		h.at = map[string]int{}
	case !h.edges:
		h.nodes(row)
	default:
		h.edge(row)
	}
}

// cell returns the cell of a column, empty if it is not there.
func (h *Reader) cell(row []syntax.Cell, column string) syntax.Cell {
	if i, known := h.at[column]; known && i < len(row) {
		return row[i]
	}
	return syntax.Cell{Line: row[0].Line}
}

func (h *Reader) nodes(row []syntax.Cell) {
	add := func(id syntax.Cell, category string, name syntax.Cell) {
		if id.Text != "" && !h.seen[id.Text] {
			h.seen[id.Text] = true
			h.pending = append(h.pending, []syntax.Cell{id, {Text: category, Line: id.Line, Column: id.Column}, name})
		}
	}
	add(h.cell(row, "databaseid"), "biolink:Disease", h.cell(row, "diseasename"))
	if h.cell(row, "aspect").Text == "P" {
		add(h.cell(row, "hpoid"), "biolink:PhenotypicFeature", syntax.Cell{Line: row[0].Line})
	}
}

func (h *Reader) edge(row []syntax.Cell) {
	aspect := h.cell(row, "aspect")
	predicate, known := predicates[aspect.Text]
	if !known {
		h.left = syntax.AddLeft(h.left, "aspect "+strconv.Quote(aspect.Text), "it is P, I, C, M or H", aspect)
		return
	}
	as := func(c syntax.Cell, text string) syntax.Cell {
		c.Text = text
		return c
	}
	qualifier, by := h.cell(row, "qualifier"), h.cell(row, "biocuration")
	negated := ""
	if strings.EqualFold(qualifier.Text, "NOT") {
		negated = "true"
	}
	code := h.cell(row, "evidence")
	if eco, known := evidence[code.Text]; known {
		code.Text = eco
	} else if code.Text != "" {
		h.left = syntax.AddLeft(h.left, "evidence "+strconv.Quote(code.Text), "it is IEA, PCS, TAS or ICE; the rows are read without", code)
		code.Text = ""
	}
	said := map[string][]string{}
	modifier := h.cell(row, "modifier")
	for term := range strings.FieldsFuncSeq(modifier.Text, func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		column := qualifiers[term]
		if column == "" {
			column = "context"
		}
		said[column] = append(said[column], term)
	}
	who, when := by.Text, ""
	if first, rest, found := strings.Cut(by.Text, ";"); found && rest != "" {
		who = first
	}
	if name, date, found := strings.Cut(who, "["); found {
		who, when = name, strings.TrimSuffix(date, "]")
	}
	h.pending = append(h.pending, []syntax.Cell{
		h.cell(row, "databaseid"), as(aspect, predicate), h.cell(row, "hpoid"), as(qualifier, negated), h.cell(row, "reference"), code, h.cell(row, "onset"),
		h.cell(row, "frequency"), h.cell(row, "sex"), as(modifier, strings.Join(said["severity"], "; ")), as(modifier, strings.Join(said["laterality"], "; ")),
		as(modifier, strings.Join(said["context"], "; ")), as(by, who), as(by, when),
	})
}
