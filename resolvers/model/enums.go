package model

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/graph/walk"
)

// The enums of the schema and the values they stand for. gqlgen binds each by its
// pair of functions (enums.generated.go); its own way (enum_values) takes a word that it does not
// know, such as null or one in lower case, for the zero value, which would turn
// a slip into another question.

// enum is an enum of the schema.
type enum[T comparable] struct {
	name   string
	values map[string]T
}

// named returns the enum of values that have words everywhere: RiskFactor is
// RISK_FACTOR.
func named[T comparable](name string, values []T, word func(T) string) enum[T] {
	e := enum[T]{name, make(map[string]T, len(values))}
	for _, v := range values {
		e.values[strings.ToUpper(capital.ReplaceAllString(word(v), "${1}_${2}"))] = v
	}
	return e
}

var capital = regexp.MustCompile(`([a-z])([A-Z])`)

func (e enum[T]) marshal(v T) graphql.Marshaler {
	for word, value := range e.values {
		if value == v {
			return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(word)) })
		}
	}
	return graphql.Null
}

// Words returns the values of an enum as JSON: by their numbers, empty for a
// number that is none of them.
func Words[T ~uint8](e enum[T]) []string {
	words := make([]string, 0, len(e.values)+1)
	for word, v := range e.values {
		for len(words) <= int(v) {
			words = append(words, "")
		}
		words[v] = strconv.Quote(word)
	}
	return words
}

// Texts returns the values of an enum as JSON, by their texts.
func (e enum[T]) Texts() map[T]string {
	words := make(map[T]string, len(e.values))
	for word, v := range e.values {
		words[v] = strconv.Quote(word)
	}
	return words
}

func (e enum[T]) unmarshal(v any) (T, error) {
	word, isText := v.(string)
	value, known := e.values[word]
	if !isText || !known {
		return value, &Error{Code: ValidationFailed, Message: fmt.Sprintf("%q is not a value of %s: they are written in capitals, without quotes in a document", fmt.Sprint(v), e.name)}
	}
	return value, nil
}

// QualifierWords returns the values of a qualifier's enum as JSON, by number;
// empty for what is not stated.
func QualifierWords(q graph.Qualifier) []string {
	words := slices.Clone(q.Info().Words)
	for i, w := range words {
		if w != "" {
			words[i] = strconv.Quote(strings.ToUpper(strings.ReplaceAll(w, "-", "_")))
		}
	}
	return words
}

var (
	Kinds            = named("Kind", graph.Kinds(), graph.Kind.String)
	Modalities       = named("Modality", graph.Modalities(), graph.Modality.String)
	WithdrawnReasons = enum[graph.Withdrawn]{"Withdrawn", map[string]graph.Withdrawn{
		"RETRACTED":        graph.WithdrawnRetracted,
		"SOURCE_RETRACTED": graph.WithdrawnSourceRetracted,
		"SUPERSEDED":       graph.WithdrawnSuperseded,
		"JOINED":           graph.WithdrawnJoined,
	}}
	UrgencyLevels = enum[graph.UrgencyLevel]{"UrgencyLevel", map[string]graph.UrgencyLevel{
		"EMERGENCY": graph.Emergency,
		"URGENT":    graph.Urgent,
		"SOON":      graph.Soon,
		"ROUTINE":   graph.Routine,
		"SELF_CARE": graph.SelfCare,
	}}
	Scopes           = named("SynonymScope", graph.Scopes(), func(v graph.Scope) string { return string(v) })
	SourceStatuses   = named("SourceStatus", graph.SourceStatuses(), func(v graph.SourceStatus) string { return string(v) })
	NotJoinedReasons = enum[graph.JoinRefusal]{"NotJoinedReason", map[string]graph.JoinRefusal{
		"DENIED":         graph.RefusedDenied,
		"TOGETHER":       graph.RefusedTogether,
		"KINDS":          graph.RefusedKinds,
		"ONE_VOCABULARY": graph.RefusedOneVocabulary,
		"ONE_DATASET":    graph.RefusedOneDataset,
		"CIRCLE":         graph.RefusedCircle,
		"LIMITED":        graph.RefusedLimited,
	}}
	CodeMatches = named("CodeMatch", graph.Matches(), func(v graph.Match) string { return string(v) })
	Directions  = enum[graph.Direction]{"Direction", map[string]graph.Direction{
		"OUT":  graph.Out,
		"IN":   graph.In,
		"BOTH": graph.Both,
	}}
	LinkOrders = enum[graph.Order]{"LinkOrder", map[string]graph.Order{
		"NAME":      graph.ByName,
		"SOURCE":    graph.BySource,
		"FREQUENCY": graph.ByFrequency,
	}}
	ConceptOrders = enum[walk.ListOrder]{"ConceptOrder", map[string]walk.ListOrder{
		"NAME":   walk.ByName,
		"SOURCE": walk.BySource,
		"LINKS":  walk.ByLinks,
	}}
	StatementOrders = enum[walk.StatementOrder]{"StatementOrder", map[string]walk.StatementOrder{
		"SOURCE": walk.StatementsBySource,
		"CLAIM":  walk.StatementsByClaim,
	}}
	ScopeMatches = enum[graph.ScopeMatch]{"ScopeMatch", map[string]graph.ScopeMatch{
		"EQUAL":     graph.EqualScopes,
		"UNKNOWN":   graph.UnknownScopes,
		"DIFFERENT": graph.DifferentScopes,
	}}
	SearchFields = enum[search.Field]{"SearchField", map[string]search.Field{
		"NAME":          search.Name,
		"SYNONYM":       search.Synonym,
		"CODE":          search.Code,
		"RELATED_LABEL": search.RelatedLabel,
		"DESCRIPTION":   search.Description,
		"VALUE":         search.Value,
	}}
	SearchMatchKinds = enum[search.MatchKind]{"SearchMatchKind", map[string]search.MatchKind{
		"EXACT":             search.Exact,
		"PREFIX":            search.Prefix,
		"WORDS":             search.Words,
		"PARTS":             search.Parts,
		"TYPO":              search.Typo,
		"DESCRIPTION_WORDS": search.DescriptionWords,
	}}
	NoPathReasons = enum[walk.Reason]{"NoPathReason", map[string]walk.Reason{
		"SAME_CONCEPT":  walk.SameConcept,
		"FROM_ISLAND":   walk.FromIsland,
		"TO_ISLAND":     walk.ToIsland,
		"TOO_FAR":       walk.TooFar,
		"DISCONNECTED":  walk.Disconnected,
		"OUT_OF_BUDGET": walk.OutOfBudget,

		"ONLY_DENIED_OR_DISCOURAGED": walk.OnlyAgainst,
	}}
	RankMatches = enum[walk.Match]{"RankMatch", map[string]walk.Match{
		"EXACT":    walk.ExactMatch,
		"NARROWER": walk.NarrowerMatch,
		"BROADER":  walk.BroaderMatch,
		"RELATED":  walk.RelatedMatch,
	}}
)
