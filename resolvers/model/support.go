package model

import "github.com/plexus-kg/plexus/graph/walk"

// Support says how the statements of a link support it.
type Support struct{ of *walk.Support }

// SupportOf returns the object of a support.
func SupportOf(s *walk.Support) Support { return Support{s} }

func (s Support) Statements() int   { return s.of.Statements }
func (s Support) Sources() int      { return s.of.Sources }
func (s Support) Denying() int      { return s.of.Denying }
func (s Support) Discouraging() int { return s.of.Discouraging }

// SupportFilter is the input SupportFilter.
type SupportFilter struct {
	MinSources *int32
	Disputed   *bool
}

// pattern turns the input into a condition on links.
func (f *SupportFilter) pattern() (*walk.SupportPattern, error) {
	p := &walk.SupportPattern{Disputed: f.Disputed}
	if f.MinSources != nil {
		if p.MinSources = int(*f.MinSources); p.MinSources < 0 {
			return nil, errorf(BadFilter, "support.minSources is %d; a link has 0 sources or more", *f.MinSources)
		}
	}
	return p, nil
}
