package resolvers

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// persistedDocuments is how many documents are kept that clients asked to keep, and
// persistedBytes how long they are together.
const (
	persistedDocuments = 1000
	persistedBytes     = 4 << 20
)

// documents knows the texts of operations by their hashes: those that clients
// have sent before (automatic persisted queries) or, with a list of allowed
// operations, those of the list and no others.
type documents struct {
	sent    *kept[string, string]
	allowed *Operations
}

func newDocuments(allowed *Operations) *documents {
	return &documents{newKept[string, string](persistedDocuments, persistedBytes), allowed}
}

// resolve replaces the hash of a request by the document that it names. The
// function that it returns is to be called once the document has turned out to
// be sound: only then it is kept.
func (d *documents) resolve(params *graphql.RawParams) (keep func(), refused *gqlerror.Error) {
	keep = func() {}
	hash, refused := persistedHash(params.Extensions)
	if refused != nil {
		return keep, refused
	}
	if d.allowed != nil {
		return keep, d.allowed.resolve(params, hash)
	}
	switch {
	case hash == "":
	case params.Query == "":
		text, known := d.sent.get(hash)
		if !known {
			// In Apollo's words, whose clients answer by sending the document
			// (https://www.apollographql.com/docs/apollo-server/performance/apq).
			return keep, coded("PersistedQueryNotFound", CodeUnknownDocument, nil)
		}
		params.Query = text
	case HashOf(params.Query) != hash:
		return keep, badRequest("extensions.persistedQuery.sha256Hash is not the SHA-256 of the query")
	default:
		text := params.Query
		keep = func() { d.sent.add(hash, text, len(hash)+len(text)) }
	}
	return keep, nil
}

// persistedHash returns the hash by which a request names its document, empty
// if it does not.
func persistedHash(extensions map[string]any) (string, *gqlerror.Error) {
	given, ok := extensions["persistedQuery"]
	if !ok {
		return "", nil
	}
	persisted, _ := given.(map[string]any)
	hash, _ := persisted["sha256Hash"].(string)
	if fmt.Sprint(persisted["version"]) != "1" || len(hash) != 2*sha256.Size {
		return "", badRequest(`extensions.persistedQuery is not {"version": 1, "sha256Hash": …} with 64 hexadecimal digits`)
	}
	return strings.ToLower(hash), nil
}

func badRequest(message string) *gqlerror.Error { return coded(message, CodeBadRequest, nil) }

// HashOf returns what a document is known by, in persisted queries and in logs:
// the SHA-256 of its text, in hexadecimal digits.
func HashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Operations are the documents that a server may run, where it may not run
// every one.
type Operations struct {
	byHash map[string]string // of the text as it was written, and of its canonical form
	names  map[string]bool
}

// ReadOperations reads the documents in a folder and those below it: each file
// that ends in .graphql or .gql holds one document. It returns an error, with
// file and line, for one that does not fit the schema, and for a folder without
// any.
func ReadOperations(folder fs.FS) (*Operations, error) {
	known := &validation{Schema(), true, true}
	o := &Operations{map[string]string{}, map[string]bool{}}
	var faults []error
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains([]string{".graphql", ".gql"}, path.Ext(name)) {
			return err
		}
		if info, err := fs.Stat(folder, name); err == nil && !info.Mode().IsRegular() {
			return fmt.Errorf("%s: is not an ordinary file", name) // whose reading may have no end
		}
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		document, errs := known.parse(string(text))
		for _, fault := range errs {
			line := 1
			if len(fault.Locations) > 0 {
				line = fault.Locations[0].Line
			}
			faults = append(faults, fmt.Errorf("%s:%d: %s", name, line, fault.Message))
		}
		if len(errs) == 0 {
			o.byHash[HashOf(string(text))] = string(text)
			if written, err := parser.ParseQuery(&ast.Source{Input: string(text)}); err == nil { // as requests are read
				o.byHash[HashOf(canonical(written))] = string(text)
			}
			for _, operation := range document.Operations {
				o.names[operation.Name] = true
			}
		}
		return nil
	})
	if err := errors.Join(append(faults, err)...); err != nil {
		return nil, err
	}
	if len(o.byHash) == 0 {
		return nil, errors.New("no file there ends in .graphql or .gql")
	}
	return o, nil
}

// Names returns how many names of operations there are.
func (o *Operations) Names() int { return len(o.names) }

// canonical writes a document so that white space and comments make no
// difference.
func canonical(d *ast.QueryDocument) string {
	var out bytes.Buffer
	formatter.NewFormatter(&out, formatter.WithIndent("")).FormatQueryDocument(d)
	return out.String()
}

// resolve lets a document of the list through, asked for by its text or by a
// hash of it.
func (o *Operations) resolve(params *graphql.RawParams, hash string) *gqlerror.Error {
	if params.Query == "" && hash != "" {
		if text, ok := o.byHash[hash]; ok {
			params.Query = text
			return nil
		}
	} else if text, ok := o.byHash[HashOf(params.Query)]; ok {
		params.Query = text
		return nil
	} else if document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, allowedTokens); err == nil {
		if text, ok := o.byHash[HashOf(canonical(document))]; ok {
			params.Query = text
			return nil
		}
	}
	return coded("this server runs only operations that it knows, and this is none of them", CodeForbidden, nil)
}

// allowedTokens bounds what is read of a document that may not be run.
const allowedTokens = 10_000
