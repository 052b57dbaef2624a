// Package release is the container of a release file: named sections of bytes,
// each with its checksum, in one immutable file that can be mapped into memory.
//
// It knows nothing of what is in the sections, but for a version of each. A
// reader asks for the sections that it needs, in the versions that it knows
// ([File.Find]); others are of no concern to it. So a release can gain sections
// that older programs leave alone, and a section whose content changes is refused
// by name where it is not known. The store and the search index
// write theirs, and read them back without copying:
//
//	┌──────────┬─────────┬───┬─────────┬───┬───────────┬─────────┐
//	│ header   │ section │ 0 │ section │ 0 │ directory │ trailer │
//	│ 64 bytes │         │   │         │   │           │ 96 bytes│
//	└──────────┴─────────┴───┴─────────┴───┴───────────┴─────────┘
//	 magic,     begins at a multiple of     name, place, where the
//	 format     64, so that arrays in it    size and     directory is,
//	            can be used as they are     SHA-256 of   SHA-256 of it
//	                                        every one    and of itself
//
// [WriteFile] writes atomically: a new file is complete and on the disk before
// it takes the name, so that a crash at any moment leaves the old one whole. The
// next writer removes what a killed one left behind. The same sections give the
// same bytes on every machine.
//
// [Open] maps a file and checks header, trailer and directory, whose size does
// not depend on the content. [File.Verify] checks the content, and names the
// section that is damaged. Together they find every change of every byte.
// Nothing that a file contains makes them panic.
//
// A mapped file must not be changed in place, since whoever has it mapped sees
// the change, and ends with a fault where it was cut off: replace it by renaming,
// as WriteFile does. So that nobody copies over one by mistake, it is read-only.
// All numbers are little-endian.
package release
