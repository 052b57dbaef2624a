package graph

import (
	"cmp"
	"slices"
	"strings"
)

// LicenseUse is a license, and the sources that have it, by id.
type LicenseUse struct {
	// License is as the sources write it; empty for those that state none.
	License string `json:"license,omitempty"`
	Sources []ID   `json:"sources"`
}

// Licenses returns under which licenses the data set is, by license; sources that
// state none come last.
func (d *Dataset) Licenses() []LicenseUse {
	uses := map[string][]ID{}
	for s := range d.everySource {
		uses[s.License] = append(uses[s.License], s.ID)
	}
	all := make([]LicenseUse, 0, len(uses))
	for license, sources := range uses {
		slices.Sort(sources)
		all = append(all, LicenseUse{license, sources})
	}
	slices.SortFunc(all, func(a, b LicenseUse) int {
		return cmp.Or(CompareFirst(a.License != "", b.License != ""), cmp.Compare(a.License, b.License))
	})
	return all
}

// everySource yields the sources and articles.
func (d *Dataset) everySource(yield func(*Source) bool) {
	for i := range d.Sources {
		if !yield(&d.Sources[i]) {
			return
		}
	}
	for i := range d.Articles {
		if !yield(&d.Articles[i].Source) {
			return
		}
	}
}

// LicenseConflict is two sources whose licenses do not go together.
type LicenseConflict struct {
	A, B *Source // A.ID < B.ID
	// Because says why, as a clause.
	Because string
}

// LicenseConflicts returns for each source the first other one with which its license
// does not go together, each pair once. What is not known as a license goes with
// all: nobody here can tell.
func (d *Dataset) LicenseConflicts() (conflicts []LicenseConflict) {
	var licensed []*Source
	for s := range d.everySource {
		if s.License != "" {
			licensed = append(licensed, s)
		}
	}
	slices.SortFunc(licensed, func(a, b *Source) int { return cmp.Compare(a.ID, b.ID) })
	for i, b := range licensed {
		for _, a := range licensed[:i] {
			if why := conflict(termsOf(a.License), termsOf(b.License)); why != "" {
				conflicts = append(conflicts, LicenseConflict{a, b, why})
				break
			}
		}
	}
	return conflicts
}

// terms are what a license demands of what is made of the data together with other
// data.
type terms struct {
	license       string
	alike         string // the family of licenses under which it must be
	noncommercial bool
	unchanged     bool
}

// shareAlike are the families of licenses that demand their own, by how their names
// begin. Those of Creative Commons are read from their parts.
var shareAlike = []string{"ODBL", "AGPL", "LGPL", "GPL", "GFDL", "CDLA-SHARING", "EUPL", "MPL"}

// termsOf reads a license: an SPDX identifier or the IRI of one of Creative Commons.
func termsOf(license string) terms {
	name := strings.ToUpper(strings.NewReplacer(" ", "-", "_", "-").Replace(strings.TrimSpace(license)))
	if _, path, isCC := strings.Cut(name, "CREATIVECOMMONS.ORG/LICENSES/"); isCC {
		name = "CC-" + strings.ReplaceAll(path, "/", "-")
	}
	name = name[strings.LastIndexByte(strings.TrimRight(name, "/"), '/')+1:]
	t := terms{license: license}
	if parts := strings.Split(name, "-"); parts[0] == "CC" {
		has := func(part string) bool { return slices.Contains(parts, part) }
		t.noncommercial, t.unchanged = has("NC"), has("ND")
		if has("SA") && t.noncommercial {
			t.alike = "CC BY-NC-SA"
		} else if has("SA") {
			t.alike = "CC BY-SA"
		}
		return t
	}
	for _, family := range shareAlike {
		if strings.HasPrefix(name, family) {
			t.alike = family
			break
		}
	}
	return t
}

// conflict says why what two licenses demand cannot be met at once, nothing if it can
// (https://wiki.creativecommons.org/wiki/Wiki/cc_license_compatibility; CC BY-SA 4.0
// may become GPL 3, https://creativecommons.org/compatiblelicenses). CC0, CC BY,
// ODC-By and other permissive ones demand nothing that another forbids.
func conflict(a, b terms) string {
	for _, p := range [][2]terms{{a, b}, {b, a}} {
		switch x, y := p[0], p[1]; {
		case x.unchanged:
			return x.license + " forbids to share what is changed, and to join is to change"
		case x.alike != "" && y.alike != "" && x.alike != y.alike && !becomes(x, y) && !becomes(y, x):
			return "each of them demands itself for what is made of both"
		case x.alike != "" && y.noncommercial && !x.noncommercial:
			return x.license + " demands itself for what is made of both, and allows the commercial use that " + y.license + " forbids"
		}
	}
	return ""
}

// becomes reports whether what is under one license may be shared under the other.
func becomes(from, to terms) bool {
	return from.alike == "CC BY-SA" && strings.HasSuffix(from.license, "4.0") && to.alike == "GPL" && strings.Contains(to.license, "3")
}
