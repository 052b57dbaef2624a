package compression_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"testing"

	"github.com/ulikunitz/xz"

	"github.com/plexus-kg/plexus/seed/compression"
)

// TestWindow: a file that asks for a dictionary of gigabytes is refused before one is
// made, one of the largest usual setting is read.
func TestWindow(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w, err := xz.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	asking := func(size byte) []byte {
		file := bytes.Clone(b.Bytes())
		block := file[12 : 12+4*(int(file[12])+1)]
		block[bytes.Index(block, []byte{0x21, 1})+2] = size
		binary.LittleEndian.PutUint32(block[len(block)-4:], crc32.ChecksumIEEE(block[:len(block)-4]))
		return file
	}
	if got, err := unpacked("a.xz", bytes.NewReader(asking(28))); got != text || err != nil { // 64 MiB: xz -9
		t.Errorf("64 MiB: %q, %v", got, err)
	}
	large := (*compression.WindowError)(nil)
	if _, err := unpacked("a.xz", bytes.NewReader(asking(39))); !errors.As(err, &large) || large.Size>>30 != 3 {
		t.Errorf("3 GiB: %v", err)
	}
}
