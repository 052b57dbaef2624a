package graph

import (
	"cmp"
	"slices"
)

// Type is a class that a data set declares for its own concepts, beyond those
// that make a kind by name ([Classes]).
type Type struct {
	// ID is the CURIE (EX:RareDisease), IRI the full form.
	ID  ID
	IRI string
	// Name is what it is called; the local name of the IRI where it is empty.
	Name string
	// Description says what the concepts of this type are.
	Description string
	// SubClassOf is the class of which it is a special case: a known one, or
	// another declared type. A concept of a type has its superclasses too
	// ([Dataset.Normalize]), so that a type makes the kind that they make, and
	// OtherConcept without any.
	SubClassOf ID
}

// DescribeType returns a type made from its id alone: the local name, and
// neither description nor superclass.
func DescribeType(id ID, p Prefixes) Type {
	iri := p.Expand(id)
	return Type{ID: id, IRI: iri, Name: iriName(iri)}
}

// Superclasses knows the superclasses of declared types.
type Superclasses map[ID]ID

// SuperclassesOf returns what the types say of their superclasses. A class
// that makes a kind by name is what Plexus takes it for, whatever is declared
// of it.
func SuperclassesOf(types []Type) Superclasses {
	up := Superclasses{}
	for i := range types {
		if t := &types[i]; t.SubClassOf != "" && !isKnownClass(t.ID) {
			up[t.ID] = t.SubClassOf
		}
	}
	return up
}

// Of returns the superclasses of a class, the nearest first. In a circle of
// declarations each is returned once.
func (up Superclasses) Of(class ID) []ID {
	var chain []ID
	for super, ok := up[class]; ok; super, ok = up[super] {
		if super == class || slices.Contains(chain, super) {
			break
		}
		chain = append(chain, super)
	}
	return chain
}

// KindOf returns the kind that a class makes, by name or by the name of a
// superclass; OtherConcept and false where none does.
func (up Superclasses) KindOf(class ID) (k Kind, known bool) {
	for _, c := range append([]ID{class}, up.Of(class)...) {
		if k, known := kindOf(c); known {
			return k, true
		}
	}
	return OtherConcept, false
}

// Entail returns the classes of a concept with all their superclasses, as RDF
// Schema entails them. The first class that makes a kind by name decides the
// kind of the concept; so where the first of all is a declared type, what it
// is a special case of comes before it.
func (up Superclasses) Entail(classes []ID) []ID {
	if len(up) == 0 || !slices.ContainsFunc(classes, func(c ID) bool { _, ok := up[c]; return ok }) {
		return classes
	}
	var all []ID
	add := func(class ID) {
		if !slices.Contains(all, class) {
			all = append(all, class)
		}
	}
	for _, class := range classes {
		chain := up.Of(class)
		for _, super := range chain {
			if isKnownClass(super) {
				add(super)
			}
		}
		add(class)
		for _, super := range chain {
			add(super)
		}
	}
	return all
}

func isKnownClass(class ID) bool {
	_, known := kindOf(class)
	return known
}

// sortTypes brings declared types into order and fills what follows from the
// rest.
func (d *Dataset) sortTypes() {
	for i := range d.Types {
		t := &d.Types[i]
		described := DescribeType(t.ID, d.Prefixes)
		t.IRI = cmp.Or(t.IRI, described.IRI)
		t.Name = cmp.Or(t.Name, described.Name)
	}
	slices.SortFunc(d.Types, func(a, b Type) int { return cmp.Compare(a.ID, b.ID) })
}

// CountTypes lists the types of a normalized data set as Summary.Types has
// them.
func (d *Dataset) CountTypes() []TypeCount {
	concepts := map[ID]int{}
	for i := range d.Concepts {
		for _, class := range d.Concepts[i].Types {
			concepts[class]++
		}
	}
	counts := make([]TypeCount, 0, len(d.Types)+len(concepts))
	up := SuperclassesOf(d.Types)
	for _, t := range d.Types {
		kind, _ := up.KindOf(t.ID)
		counts = append(counts, TypeCount{Type: t, Kind: kind, Concepts: concepts[t.ID]})
		delete(concepts, t.ID)
	}
	for class, n := range concepts {
		counts = append(counts, TypeCount{Type: DescribeType(class, d.Prefixes), Kind: KindOf(class), Concepts: n})
	}
	slices.SortFunc(counts, func(a, b TypeCount) int { return cmp.Compare(a.ID, b.ID) })
	return counts
}
