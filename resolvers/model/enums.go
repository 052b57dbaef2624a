package model

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/graph/walk"
)

// The enums of the schema and the values they stand for. gqlgen binds each by
// its pair of functions; its own way (enum_values) takes a word that it does not
// know, such as null or one in lower case, for the zero value, which would turn
// a slip into another question.

// enum is an enum of the schema.
type enum[T comparable] struct {
	name   string
	values map[string]T
}

func (e enum[T]) marshal(v T) graphql.Marshaler {
	for word, value := range e.values {
		if value == v {
			return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(word)) })
		}
	}
	return graphql.Null
}

// words returns the values of an enum as JSON: by their numbers, empty for a
// number that is none of them.
func words[T ~uint8](e enum[T]) []string {
	words := make([]string, 0, len(e.values)+1)
	for word, v := range e.values {
		for len(words) <= int(v) {
			words = append(words, "")
		}
		words[v] = strconv.Quote(word)
	}
	return words
}

// texts returns the values of an enum as JSON, by their texts.
func (e enum[T]) texts() map[T]string {
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

// KindWords returns the values of Kind as JSON, by number; empty for none.
func KindWords() []string { return words(kinds) }

// ModalityWords returns the values of Modality as JSON, as KindWords does.
func ModalityWords() []string { return words(modalities) }

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

// DirectionWords returns the values of Direction as JSON, as KindWords does.
func DirectionWords() []string { return words(directions) }

// SearchFieldWords returns the values of SearchField as JSON, as KindWords does.
func SearchFieldWords() []string { return words(searchFields) }

// SearchMatchKindWords returns the values of SearchMatchKind as JSON, as
// KindWords does.
func SearchMatchKindWords() []string { return words(searchMatchKinds) }

// NoPathReasonWords returns the values of NoPathReason as JSON, as KindWords
// does.
func NoPathReasonWords() []string { return words(noPathReasons) }

// RankMatchWords returns the values of RankMatch as JSON, as KindWords does.
func RankMatchWords() []string { return words(rankMatches) }

// ScopeWords returns the values of SynonymScope as JSON, by their texts.
func ScopeWords() map[graph.Scope]string { return scopes.texts() }

// SourceStatusWords returns the values of SourceStatus as JSON, by their texts.
func SourceStatusWords() map[graph.SourceStatus]string { return sourceStatuses.texts() }

// CodeMatchWords returns the values of CodeMatch as JSON, by their texts.
func CodeMatchWords() map[graph.Match]string { return codeMatches.texts() }

var (
	kinds = enum[graph.Kind]{"Kind", map[string]graph.Kind{
		"CONDITION":     graph.Condition,
		"SYMPTOM":       graph.Symptom,
		"TREATMENT":     graph.Treatment,
		"RISK_FACTOR":   graph.RiskFactor,
		"TEST":          graph.Test,
		"CAUSE":         graph.Cause,
		"ANATOMY":       graph.Anatomy,
		"STAGE":         graph.Stage,
		"GUIDELINE":     graph.Guideline,
		"SPECIALTY":     graph.Specialty,
		"OTHER_CONCEPT": graph.OtherConcept,
	}}
	modalities = enum[graph.Modality]{"Modality", map[string]graph.Modality{
		"ASSERTED":    graph.Asserted,
		"POSSIBLE":    graph.Possible,
		"SUSPECTED":   graph.Suspected,
		"RECOMMENDED": graph.Recommended,
		"DISCOURAGED": graph.Discouraged,
	}}
	urgencyLevels = enum[graph.UrgencyLevel]{"UrgencyLevel", map[string]graph.UrgencyLevel{
		"EMERGENCY": graph.Emergency,
		"URGENT":    graph.Urgent,
		"SOON":      graph.Soon,
		"ROUTINE":   graph.Routine,
		"SELF_CARE": graph.SelfCare,
	}}
	scopes = enum[graph.Scope]{"SynonymScope", map[string]graph.Scope{
		"EXACT":   graph.ScopeExact,
		"RELATED": graph.ScopeRelated,
		"NARROW":  graph.ScopeNarrow,
		"BROAD":   graph.ScopeBroad,
		"LAY":     graph.ScopeLay,
	}}
	sourceStatuses = enum[graph.SourceStatus]{"SourceStatus", map[string]graph.SourceStatus{
		"CURRENT":    graph.StatusCurrent,
		"PREPRINT":   graph.StatusPreprint,
		"SUPERSEDED": graph.StatusSuperseded,
		"RETRACTED":  graph.StatusRetracted,
	}}
	codeMatches = enum[graph.Match]{"CodeMatch", map[string]graph.Match{
		"EXACT":   graph.MatchExact,
		"CLOSE":   graph.MatchClose,
		"BROAD":   graph.MatchBroad,
		"NARROW":  graph.MatchNarrow,
		"RELATED": graph.MatchRelated,
	}}
	directions = enum[graph.Direction]{"Direction", map[string]graph.Direction{
		"OUT":  graph.Out,
		"IN":   graph.In,
		"BOTH": graph.Both,
	}}
	linkOrders = enum[graph.Order]{"LinkOrder", map[string]graph.Order{
		"NAME":   graph.ByName,
		"SOURCE": graph.BySource,
	}}
	conceptOrders = enum[walk.ListOrder]{"ConceptOrder", map[string]walk.ListOrder{
		"NAME":   walk.ByName,
		"SOURCE": walk.BySource,
		"LINKS":  walk.ByLinks,
	}}
	searchFields = enum[search.Field]{"SearchField", map[string]search.Field{
		"NAME":          search.Name,
		"SYNONYM":       search.Synonym,
		"CODE":          search.Code,
		"RELATED_LABEL": search.RelatedLabel,
		"DESCRIPTION":   search.Description,
		"VALUE":         search.Value,
	}}
	searchMatchKinds = enum[search.MatchKind]{"SearchMatchKind", map[string]search.MatchKind{
		"EXACT":             search.Exact,
		"PREFIX":            search.Prefix,
		"WORDS":             search.Words,
		"PARTS":             search.Parts,
		"TYPO":              search.Typo,
		"DESCRIPTION_WORDS": search.DescriptionWords,
	}}
	noPathReasons = enum[walk.Reason]{"NoPathReason", map[string]walk.Reason{
		"SAME_CONCEPT":  walk.SameConcept,
		"FROM_ISLAND":   walk.FromIsland,
		"TO_ISLAND":     walk.ToIsland,
		"TOO_FAR":       walk.TooFar,
		"DISCONNECTED":  walk.Disconnected,
		"OUT_OF_BUDGET": walk.OutOfBudget,

		"ONLY_DENIED_OR_DISCOURAGED": walk.OnlyAgainst,
	}}
	rankMatches = enum[walk.Match]{"RankMatch", map[string]walk.Match{
		"EXACT":    walk.ExactMatch,
		"NARROWER": walk.NarrowerMatch,
		"BROADER":  walk.BroaderMatch,
	}}
)

// MarshalKind writes a Kind.
func MarshalKind(v graph.Kind) graphql.Marshaler { return kinds.marshal(v) }

// UnmarshalKind reads a Kind.
func UnmarshalKind(v any) (graph.Kind, error) { return kinds.unmarshal(v) }

// MarshalModality writes a Modality.
func MarshalModality(v graph.Modality) graphql.Marshaler { return modalities.marshal(v) }

// UnmarshalModality reads a Modality.
func UnmarshalModality(v any) (graph.Modality, error) { return modalities.unmarshal(v) }

// MarshalUrgencyLevel writes an UrgencyLevel.
func MarshalUrgencyLevel(v graph.UrgencyLevel) graphql.Marshaler { return urgencyLevels.marshal(v) }

// UnmarshalUrgencyLevel reads an UrgencyLevel.
func UnmarshalUrgencyLevel(v any) (graph.UrgencyLevel, error) { return urgencyLevels.unmarshal(v) }

// MarshalSynonymScope writes a SynonymScope.
func MarshalSynonymScope(v graph.Scope) graphql.Marshaler { return scopes.marshal(v) }

// UnmarshalSynonymScope reads a SynonymScope.
func UnmarshalSynonymScope(v any) (graph.Scope, error) { return scopes.unmarshal(v) }

// MarshalSourceStatus writes a SourceStatus.
func MarshalSourceStatus(v graph.SourceStatus) graphql.Marshaler { return sourceStatuses.marshal(v) }

// UnmarshalSourceStatus reads a SourceStatus.
func UnmarshalSourceStatus(v any) (graph.SourceStatus, error) { return sourceStatuses.unmarshal(v) }

// MarshalCodeMatch writes a CodeMatch.
func MarshalCodeMatch(v graph.Match) graphql.Marshaler { return codeMatches.marshal(v) }

// UnmarshalCodeMatch reads a CodeMatch.
func UnmarshalCodeMatch(v any) (graph.Match, error) { return codeMatches.unmarshal(v) }

// MarshalDirection writes a Direction.
func MarshalDirection(v graph.Direction) graphql.Marshaler { return directions.marshal(v) }

// UnmarshalDirection reads a Direction.
func UnmarshalDirection(v any) (graph.Direction, error) { return directions.unmarshal(v) }

// MarshalLinkOrder writes a LinkOrder.
func MarshalLinkOrder(v graph.Order) graphql.Marshaler { return linkOrders.marshal(v) }

// UnmarshalLinkOrder reads a LinkOrder.
func UnmarshalLinkOrder(v any) (graph.Order, error) { return linkOrders.unmarshal(v) }

// MarshalConceptOrder writes a ConceptOrder.
func MarshalConceptOrder(v walk.ListOrder) graphql.Marshaler { return conceptOrders.marshal(v) }

// UnmarshalConceptOrder reads a ConceptOrder.
func UnmarshalConceptOrder(v any) (walk.ListOrder, error) { return conceptOrders.unmarshal(v) }

// MarshalSearchField writes a SearchField.
func MarshalSearchField(v search.Field) graphql.Marshaler { return searchFields.marshal(v) }

// UnmarshalSearchField reads a SearchField.
func UnmarshalSearchField(v any) (search.Field, error) { return searchFields.unmarshal(v) }

// MarshalSearchMatchKind writes a SearchMatchKind.
func MarshalSearchMatchKind(v search.MatchKind) graphql.Marshaler { return searchMatchKinds.marshal(v) }

// UnmarshalSearchMatchKind reads a SearchMatchKind.
func UnmarshalSearchMatchKind(v any) (search.MatchKind, error) { return searchMatchKinds.unmarshal(v) }

// MarshalNoPathReason writes a NoPathReason.
func MarshalNoPathReason(v walk.Reason) graphql.Marshaler { return noPathReasons.marshal(v) }

// UnmarshalNoPathReason reads a NoPathReason.
func UnmarshalNoPathReason(v any) (walk.Reason, error) { return noPathReasons.unmarshal(v) }

// MarshalRankMatch writes a RankMatch.
func MarshalRankMatch(v walk.Match) graphql.Marshaler { return rankMatches.marshal(v) }

// UnmarshalRankMatch reads a RankMatch.
func UnmarshalRankMatch(v any) (walk.Match, error) { return rankMatches.unmarshal(v) }
