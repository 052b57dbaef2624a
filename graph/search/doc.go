// Package search finds concepts by what people type: a name or half of one, a
// lay synonym, a code, a word with a slip.
//
//	graph.Reader ──Build──▶ Index ──Bytes──▶ a section of a file ──Open──▶ Index
//
// [Build] reads the texts of all concepts from any graph.Reader and makes an
// [Index]: one run of bytes, the same for the same content, that [Open] uses
// where it lies, in memory or in a mapped file. [Index.Search] gives a page of
// all that a text finds, with counts; [Index.Complete] the first few while
// somebody types. Each [Hit] says why it is there: which text of the concept
// matched, in which language, how, and where in it.
//
// # Words
//
// Texts are compared by their words. Case, accents and compatibility forms do
// not count (Unicode NFKD without marks; ß is ss, æ ae, œ oe, ø o, ł l, đ and
// ð d, þ th); an apostrophe within a word is dropped; all else that is neither letter
// nor digit separates words. Each ideograph and kana is a word. Of a word, the
// stem is compared: without the s of a plural or a possessive (allergies,
// allergy; abscesses, abscess; Bell's, Bells, Bell), but with that of pus,
// paralysis and abscess. There are no stop words, and the stem knows English
// only.
//
// Codes are compared by letters and digits alone, with the vocabulary and
// without it: DOID:12506, doid_12506 and 12506.
//
// Text that others spell in another way is found too, unless it is somebody's name
// as it was typed: compounds written apart or together (chicken pox, chickenpox),
// and umlauts and ligatures in letters (Migraene, Migräne; oedema, edema). What
// comes out has to be a word of some text.
//
// # Ranking
//
// A concept is found by the best of its texts. Hits come in this order:
//
//	match              how what was typed stands to the text
//	Exact              it is the text, but for case, accents and punctuation
//	Exact              it is the text in another form: Bells for Bell's, chicken pox for chickenpox
//	Prefix             its words begin the text
//	Words              its words are in the text, in any order
//	Prefix             it begins the text, and ends within a word
//	Parts              its words are in the text, those of 4 letters or more perhaps within longer ones
//	Typo, 1 edit       it is the whole text, misspelled
//	Typo, 1 edit       its words are in the text, as they are or misspelled
//	Typo, 2 to 4 edits as before
//	DescriptionWords   its words are in a description or a value
//
// Values are the texts that a concept has under a predicate for texts: how long
// it lasts, or what else a data set declares. What is only denied is not found.
//
// A code is matched by its beginning only from three characters on, one of
// them a digit. For texts that match in the same way, the order is:
//
//  1. conditions, symptoms, treatments and tests before all else; the questions of
//     a form are not among them, whatever kind they are filed under: their names end
//     with a question mark or a colon
//  2. texts in the language of the name that is shown, in English or in none, before
//     those in other languages
//  3. names, then synonyms, codes, related labels
//  4. the shorter text, in code points
//  5. the closer relation: a synonym or code that its source calls exact (and
//     the id itself), then one without a word on it, then as graph.Scopes and
//     graph.Matches list them
//  6. conditions before symptoms, treatments, tests and all else
//  7. the concept with more texts: of two diseases called Bell's palsy, the one
//     that is described before the one that is only named
//  8. the default order of concepts (graph.Ref)
//
// Descriptions and values are one group, by length.
//
// A word is taken for a misspelling of another within one edit from
// [OneEditFrom] letters on and two from [TwoEditsFrom] on, of at most
// [MaxEdits] in all: letters count as typed, edits between stems. One edit
// inserts, drops or changes a letter or exchanges two neighbours. A word with a digit is
// never misspelled: type 1 is not type 2. Nor is an abbreviation taken for one word
// misspelled: it stands with the texts of more words. And a text that is found as it was
// typed, in anything but descriptions, is not guessed at: who asks for hypotension is not
// shown hypertension, which is two edits away. Where nothing is found, two of two or
// three words may be misspelled parts of one: chiken pox.
//
// The score falls along the order of matches, of the groups that 1 to 3 make, and by how
// much of the text was typed. It orders the hits of one answer. It is no probability,
// and says nothing across answers.
//
// Completion keeps the order, without descriptions. The last word, if nothing follows it,
// may be cut short; of several words it is expected to be, so that Prefix that ends
// within a word comes before Words. Parts are words of which the last is cut short, Typo
// comes once more for it.
//
// # Numbers
//
// Measured on two shared cores. The real data are 55,306 concepts with 212,914
// texts, read from a slice (from Cayley's memstore they build in 2.2 s, to the same bytes); the made ones are graphtest.Large with 49,005 concepts and 298,829 texts.
//
//	                        article      real        made
//	Build, concepts/s       240,000      126,000     83,000
//	bytes a concept         310          292         465
//	Open                    0.3 µs       0.3 µs      0.3 µs
//	Verify                  14 µs        4.6 ms      6.0 ms
//	Search, p50 / p99       6 / 39 µs    0.3 / 1.5   0.2 / 0.4 ms
//	Complete, p50 / p99     3 / 23 µs    12 / 830    34 / 550 µs
//
// Compounds that are written apart or together cost words that nothing has: two of them
// take 14 µs of the article instead of 8; what is found takes as long as before
// (BenchmarkSearch, the least of 32 runs in turn).
//
// Names typed key by key, one in ten with a slip (BenchmarkKeys). Recall among
// the first ten, on 200 misspelled real names each: 100 % with one slip in a
// word of five letters or more, 98.5 % in one of four or more, 98.5 % with two
// slips in words of nine or more.
//
// A general engine, bleve, indexes 2,400 documents a second, 23 seconds for the
// real data. The transducer of its library vellum trusts its bytes: damaged
// ones make it panic. And a Levenshtein automaton is built for each word that is typed, in
// 0.9 MB and 564 allocations for two edits: 231 µs with the look-up among 32,000 words,
// against 34 µs and none for a walk along the sorted dictionary (BenchmarkTypo),
// which also knows misspelled beginnings. vellum is the second opinion in the
// tests.
//
// # Limits
//
// All words must be in one text of the concept: one in the name and one in a
// synonym is no match. The names that codes have in their own vocabulary (graph.Code.Label), notes and sections
// are not searched, and a text without a letter or digit (🤒) cannot be found.
package search
