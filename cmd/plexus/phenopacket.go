package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// phenopacket is what rank reads of a phenopacket of GA4GH, version 2 in JSON: the
// findings, and whether each was excluded. A diagnosis in it is not looked at.
type phenopacket struct {
	ID       string           `json:"id"`
	Findings []packetFinding  `json:"-"`
	Unknown  []unknownFinding `json:"unknown"`
	// Both are ids of findings that are found and excluded, at different times
	// perhaps: they count as found.
	Both []string `json:"observedAndExcluded"`
	// NotRead are the fields that are there and play no part.
	NotRead []string `json:"notRead"`

	file            string
	found, excluded []graph.Ref
}

// packetFinding is a phenotypic feature.
type packetFinding struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Excluded bool   `json:"excluded"`
}

// unknownFinding is a finding that plays no part, since it is no concept here.
type unknownFinding struct {
	packetFinding
	Why string `json:"why"`
}

// readPhenopacket reads a file, or standard input by the name "-".
func readPhenopacket(path string, stdin io.Reader) (*phenopacket, error) {
	p := &phenopacket{file: path, Unknown: []unknownFinding{}, Both: []string{}, NotRead: []string{}}
	in := stdin
	if path == "-" {
		p.file = "standard input"
	} else {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close() //nolint:errcheck // only read
		in = file
	}
	d := json.NewDecoder(in)
	var whole json.RawMessage
	err := d.Decode(&whole)
	if _, more := d.Token(); err == nil && !errors.Is(more, io.EOF) {
		err = errors.New("something follows the phenopacket: a file holds one")
	}
	if err == nil {
		err = p.read(whole)
	}
	var odd *json.SyntaxError
	var misfit *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the JSON ends too soon")
	case errors.As(err, &odd):
		err = fmt.Errorf("no JSON: %s at byte %d; a phenopacket in YAML or protobuf has to be converted first", strings.TrimPrefix(odd.Error(), "json: "), odd.Offset)
	case errors.As(err, &misfit):
		err = fmt.Errorf("%s: a JSON %s cannot stand here", strings.TrimPrefix(misfit.Field, "."), misfit.Value)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.file, err)
	}
	return p, nil
}

// read reads a phenopacket, or the proband of a family.
func (p *phenopacket) read(text json.RawMessage) error {
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return errors.New("no phenopacket: a JSON object is needed")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	skip := []string{"id", "metaData", "phenotypicFeatures"}
	switch {
	case fields["phenopacket"] != nil:
		return p.read(fields["phenopacket"])
	case fields["family"] != nil:
		return p.read(fields["family"])
	case fields["cohort"] != nil, fields["members"] != nil:
		return errors.New("a cohort of several individuals: rank the findings of one, with the phenopacket of that member alone")
	case fields["proband"] != nil:
		p.notRead(fields, append(skip, "proband")...)
		return p.read(fields["proband"])
	case fields["phenotypicFeatures"] == nil:
		return errors.New(`no phenopacket of version 2: it has no "phenotypicFeatures"`)
	}
	p.notRead(fields, skip...)
	var packet struct {
		ID       string
		MetaData struct{ PhenopacketSchemaVersion string }
		Features []map[string]json.RawMessage `json:"phenotypicFeatures"`
	}
	if err := json.Unmarshal(text, &packet); err != nil {
		return err
	}
	const older = "version 1 of the schema, in which %s: convert it to version 2, with phenopacket-tools for instance"
	if strings.HasPrefix(packet.MetaData.PhenopacketSchemaVersion, "1") {
		return fmt.Errorf(older, "excluded findings are written otherwise")
	}
	p.ID = packet.ID
	for i, feature := range packet.Features {
		at := fmt.Sprintf("phenotypicFeatures[%d]", i)
		if feature["negated"] != nil {
			return fmt.Errorf("%s: "+older, at, `"negated" stands for "excluded"`)
		}
		f, err := readFeature(feature)
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		p.Findings = append(p.Findings, f)
		p.notRead(feature, "type", "excluded", "description", "evidence")
	}
	return nil
}

// readFeature reads a phenotypic feature.
func readFeature(fields map[string]json.RawMessage) (packetFinding, error) {
	var f packetFinding
	for _, part := range [...]struct {
		name string
		into any
	}{{"type", &f}, {"excluded", &f.Excluded}} {
		if err := json.Unmarshal(fields[part.name], part.into); err != nil && fields[part.name] != nil {
			return f, fmt.Errorf("%q is not as the schema has it: %s", part.name, fields[part.name])
		}
	}
	if f.ID == "" {
		return f, errors.New(`it has no "type" with an "id", such as {"id": "HP:0000510", "label": "Rod-cone dystrophy"}`)
	}
	return f, nil
}

// notRead remembers the fields beside those that are read.
func (p *phenopacket) notRead(fields map[string]json.RawMessage, read ...string) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(read, name) && !slices.Contains(p.NotRead, name) {
			p.NotRead = append(p.NotRead, name)
		}
	}
}

// resolve finds the concepts of the findings. What is unknown is kept apart, and is an
// error if nothing is known.
func (p *phenopacket) resolve(ctx context.Context, r graph.Reader) error {
	ids := make([]string, len(p.Findings))
	for i, f := range p.Findings {
		ids[i] = f.ID
	}
	var resolved graph.Resolution
	if err := walk.Resolve(ctx, r, ids, &resolved); err != nil {
		return err
	}
	for i, f := range p.Findings {
		ref, shared := resolved.Refs[i], resolved.Candidates.At(i)
		switch {
		case len(shared) > 0:
			candidates, err := names(ctx, r, shared)
			if err != nil {
				return err
			}
			p.Unknown = append(p.Unknown, unknownFinding{f, "it is the code of several concepts: " + joined(candidates, ", ")})
		case r.Summary().Class(ref) != graph.ClassConcept:
			p.Unknown = append(p.Unknown, unknownFinding{f, "no concept has this id or code"})
		case f.Excluded:
			p.excluded = append(p.excluded, ref)
		default:
			p.found = append(p.found, ref)
		}
	}
	var both []graph.Ref
	p.excluded = slices.DeleteFunc(p.excluded, func(ref graph.Ref) bool {
		is := slices.Contains(p.found, ref)
		if is && !slices.Contains(both, ref) {
			both = append(both, ref)
		}
		return is
	})
	named, err := names(ctx, r, both)
	for _, n := range named {
		p.Both = append(p.Both, n.ID)
	}
	return err
}

// there counts the findings that are not excluded.
func (p *phenopacket) there() (n int) {
	for _, f := range p.Findings {
		if !f.Excluded {
			n++
		}
	}
	return n
}

// tell says what plays no part.
func (p *phenopacket) tell(to io.Writer) {
	for _, u := range p.Unknown {
		fmt.Fprintf(to, "plexus: %s: the finding %s plays no part: %s\n", p.file, strings.TrimSpace(u.ID+" "+u.Label), u.Why)
	}
	for _, id := range p.Both {
		fmt.Fprintf(to, "plexus: %s: %s is both found and excluded, and is taken as found\n", p.file, id)
	}
	if len(p.NotRead) > 0 {
		fmt.Fprintf(to, "plexus: %s: only what was found and excluded counts; not read: %s\n", p.file, strings.Join(p.NotRead, ", "))
	}
}
