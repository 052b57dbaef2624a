package graph

import (
	"slices"
	"time"
)

// Source is who says a statement: an article, a data set or a curator.
type Source struct {
	ID      ID
	IRI     string // filled by Dataset.Normalize where empty
	Kind    SourceKind
	Name    string
	License string // an SPDX identifier or the licence's IRI; empty = not stated
	Version string
	URL     string
	Authors []string // in the order of the source
	// Publisher is who publishes it: a journal, a publisher, an authority.
	Publisher string
	// Published, Reviewed and Retrieved are dates ([IsDate]): of the publication, of
	// the last review by the source's own account, and of our reading.
	Published, Reviewed, Retrieved string
	Status                         SourceStatus
	// SupersededBy is the source that takes its place.
	SupersededBy ID
	// Retracted is the date on which a retracted source was withdrawn;
	// RetractionReason is why, as the notice says.
	Retracted        string
	RetractionReason string
	// Leads is "true" where things are shown under its ids that have others, too.
	Leads string
}

// SourceStatus says whether a source still stands.
type SourceStatus string

// The statuses.
const (
	StatusNotStated  SourceStatus = ""
	StatusCurrent    SourceStatus = "current"
	StatusPreprint   SourceStatus = "preprint"   // not yet reviewed by peers
	StatusSuperseded SourceStatus = "superseded" // another source has taken its place
	StatusRetracted  SourceStatus = "retracted"  // withdrawn: it supports nothing any more
)

// SourceStatuses lists the statuses that can be stated.
func SourceStatuses() []SourceStatus {
	return []SourceStatus{StatusCurrent, StatusPreprint, StatusSuperseded, StatusRetracted}
}

// SourceDetail is one thing that is known of a source beside its name, each a
// text. The table of this file is the only place that describes them: stores and
// formats are driven by it.
type SourceDetail uint8

// The details, in the order in which formats write them.
const (
	SourceLicense SourceDetail = iota
	SourceVersion
	SourceURL
	SourcePublisher
	SourcePublished
	SourceReviewed
	SourceRetrieved
	SourceState // its SourceStatus
	SourceSupersededBy
	SourceRetracted
	SourceRetractionReason
	SourceLeads

	// NumSourceDetails is the number of details.
	NumSourceDetails
)

// DetailType says what kind of text a detail is.
type DetailType uint8

// The types.
const (
	TextDetail     DetailType = iota
	AddressDetail             // a full address of the web
	LicenseDetail             // an SPDX identifier or an IRI
	DateDetail                // see IsDate
	StatusDetail              // a SourceStatus
	SourceIDDetail            // the id of another source
	FlagDetail                // "true", or nothing
)

// SourceDetailInfo describes a detail.
type SourceDetailInfo struct {
	// Name is what it is called in the schema and in seed files.
	Name string
	// IRI is its predicate in quads.
	IRI         string
	Type        DetailType
	Description string

	field func(*Source) any // a pointer to the field
}

var sourceDetails = [NumSourceDetails]SourceDetailInfo{
	SourceLicense: {
		"license", SchemaOrg + "license", LicenseDetail, "An SPDX identifier (CC-BY-4.0) or the IRI of the licence.",
		func(s *Source) any { return &s.License },
	},
	SourceVersion: {
		"version", SchemaOrg + "version", TextDetail, "Its version, as it is written: 1.10 stays 1.10.",
		func(s *Source) any { return &s.Version },
	},
	SourceURL: {
		"url", SchemaOrg + "url", AddressDetail, "Where it is found on the web.",
		func(s *Source) any { return &s.URL },
	},
	SourcePublisher: {
		"publisher", SchemaOrg + "publisher", TextDetail, "Who publishes it: a journal, a publisher, an authority.",
		func(s *Source) any { return &s.Publisher },
	},
	SourcePublished: {
		"published", SchemaOrg + "datePublished", DateDetail, "When it was published.",
		func(s *Source) any { return &s.Published },
	},
	SourceReviewed: {
		"reviewed", SchemaOrg + "lastReviewed", DateDetail, "When it was last reviewed, by its own account.",
		func(s *Source) any { return &s.Reviewed },
	},
	SourceRetrieved: {
		"retrieved", KG + "retrieved", DateDetail, "When it was read for this data.",
		func(s *Source) any { return &s.Retrieved },
	},
	SourceState: {
		"status", SchemaOrg + "creativeWorkStatus", StatusDetail, "Whether it still stands: current, preprint, superseded or retracted.",
		func(s *Source) any { return &s.Status },
	},
	SourceSupersededBy: {
		"supersededBy", "http://purl.org/dc/terms/isReplacedBy", SourceIDDetail, "The source that has taken its place.",
		func(s *Source) any { return &s.SupersededBy },
	},
	SourceRetracted: {
		"retracted", KG + "retracted", DateDetail, "When it was retracted.",
		func(s *Source) any { return &s.Retracted },
	},
	SourceRetractionReason: {
		"retractionReason", KG + "retractionReason", TextDetail, "Why it was retracted, as the notice says.",
		func(s *Source) any { return &s.RetractionReason },
	},
	SourceLeads: {
		"leads", KG + "leads", FlagDetail, "True where what is joined with concepts of others is shown under its ids.",
		func(s *Source) any { return &s.Leads },
	},
}

// Info returns the row of the table. The caller must not change it.
func (d SourceDetail) Info() *SourceDetailInfo { return &sourceDetails[d] }

// Detail returns a detail of the source; empty where it is not stated.
func (s *Source) Detail(d SourceDetail) string {
	switch field := sourceDetails[d].field(s).(type) {
	case *ID:
		return string(*field)
	case *SourceStatus:
		return string(*field)
	default:
		return *field.(*string)
	}
}

// SetDetail sets a detail of the source. A status that is none is not stated.
func (s *Source) SetDetail(d SourceDetail, text string) {
	switch field := sourceDetails[d].field(s).(type) {
	case *ID:
		*field = ID(text)
	case *SourceStatus:
		if *field = SourceStatus(text); !slices.Contains(SourceStatuses(), *field) {
			*field = StatusNotStated
		}
	default:
		*field.(*string) = text
	}
}

// IsKnown reports whether anything is known of the source but its id and kind.
func (s *Source) IsKnown() bool {
	known := s.Name != "" || len(s.Authors) > 0
	for d := range NumSourceDetails {
		known = known || s.Detail(d) != ""
	}
	return known
}

// IsDate reports whether a text is a date as sources have it: a year, a month
// (2026-11) or a day (2026-11-30).
func IsDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// SourceKind says what a source is.
type SourceKind uint8

// The kinds of sources.
const (
	// DataSource is a data set, ontology or vocabulary of others.
	DataSource SourceKind = iota + 1
	// ArticleSource is an article; it has sections.
	ArticleSource
	// CuratorSource is a curator of ours: who inferred something that no source
	// says in so many words.
	CuratorSource
)

// Article is a source with sections, in the order of the text.
type Article struct {
	Source
	Sections []Section
}

// Section is a part of an article: our own heading and summary of it, not its
// text.
type Section struct {
	ID      ID
	IRI     string // filled by Dataset.Normalize where empty
	Heading string
	Summary string
}
