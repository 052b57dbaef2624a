package release_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/plexus-kg/plexus/graph/release"
)

func Example() {
	folder, err := os.MkdirTemp("", "release")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "colds.plexus")

	if err := release.WriteFile(path, release.Bytes("about", []byte("colds, 2026-01")), release.Bytes("numbers", []byte{1, 2, 3})); err != nil {
		fmt.Println(err)
		return
	}
	f, err := release.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = f.Close() }()
	about, _ := f.Section("about")
	fmt.Printf("%s, %d sections, damage: %v\n", about, len(f.Sections()), f.Verify(context.Background()))
	// Output: colds, 2026-01, 2 sections, damage: <nil>
}
