package compression

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// ArchiveEndings lists what names of archives end in. Behind .tar there may be the
// ending of a compression, too.
func ArchiveEndings() []string { return []string{".zip", ".tar", ".tgz"} }

// IsArchive reports whether a file is an archive by its name, in letters of any
// case.
func IsArchive(name string) bool {
	_, ok := TrimArchive(name)
	return ok
}

// TrimArchive returns the name of an archive without its endings.
func TrimArchive(name string) (stem string, ok bool) {
	lower := strings.ToLower(name)
	for _, ending := range ArchiveEndings() {
		with := lower
		if ending == ".tar" {
			with = Trim(lower)
		}
		if stem, ok := strings.CutSuffix(with, ending); ok {
			return name[:len(stem)], true
		}
	}
	return name, false
}

// maxMembers bounds the files of an archive: of a compressed one each is found by
// reading all before it.
const maxMembers = 1000

// Archive is what an archive holds: ordinary files, by their paths. It is opened
// anew for each of them, and never unpacked onto the disk.
type Archive struct {
	fsys    fs.FS
	name    string
	members map[string]fs.FileInfo
	names   []string
}

// OpenArchive lists the files of an archive of a file system. It is an error if
// some path of it leads out of the archive, is there twice or is no ordinary file
// or folder (a link, a device), or if the archive is damaged, encrypted or made to
// fill memory and disks. The error does not name the archive.
func OpenArchive(fsys fs.FS, name string) (*Archive, error) {
	a := &Archive{fsys: fsys, name: name, members: map[string]fs.FileInfo{}}
	err := a.list()
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, tar.ErrHeader) || errors.Is(err, zip.ErrFormat) {
		err = &DamagedError{err}
	}
	return a, err
}

// Names lists the paths of its files, in their order.
func (a *Archive) Names() []string { return a.names }

// Stat describes a file of the archive.
func (a *Archive) Stat(name string) (fs.FileInfo, error) {
	if info, ok := a.members[name]; ok {
		return info, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// Open opens a file of the archive.
func (a *Archive) Open(name string) (fs.File, error) {
	info, err := a.Stat(name)
	if err != nil {
		return nil, err
	}
	if isZip(a.name) {
		archive, closer, err := a.zip()
		if err != nil {
			return nil, err
		}
		for _, f := range archive.File {
			if path.Clean(f.Name) == name {
				r, err := f.Open()
				if err != nil {
					return nil, errors.Join(err, closer.Close())
				}
				return &member{io.LimitReader(r, info.Size()+1), info, []io.Closer{r, closer}}, nil
			}
		}
		return nil, errors.Join(fs.ErrNotExist, closer.Close())
	}
	archive, closer, err := a.tar()
	if err != nil {
		return nil, err
	}
	for {
		header, err := archive.Next()
		switch {
		case err != nil:
			return nil, errors.Join(err, closer.Close())
		case path.Clean(header.Name) == name:
			return &member{archive, info, []io.Closer{closer}}, nil
		}
	}
}

func isZip(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".zip") }

func (a *Archive) list() error {
	if isZip(a.name) {
		return a.listZip()
	}
	archive, closer, err := a.tar()
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }()
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		for key := range header.PAXRecords {
			if strings.HasPrefix(key, "GNU.sparse.") {
				return fmt.Errorf("the archive has %q as a file with holes: make it again without --sparse", header.Name)
			}
		}
		switch header.Typeflag {
		case tar.TypeReg:
			err = a.add(header.Name, header.FileInfo())
		case tar.TypeDir, tar.TypeXGlobalHeader:
			err = inside(header.Name)
		default:
			err = notOrdinary(header.Name)
		}
		if err != nil {
			return err
		}
	}
}

func (a *Archive) listZip() error {
	archive, closer, err := a.zip()
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }()
	total := uint64(0)
	for _, f := range archive.File {
		const encrypted = 1
		info := f.FileInfo()
		switch {
		case info.IsDir():
			err = inside(f.Name)
		case !info.Mode().IsRegular():
			err = notOrdinary(f.Name)
		case f.Flags&encrypted != 0:
			err = fmt.Errorf("the archive has %q encrypted: unpack it with its password", f.Name)
		default:
			err = a.add(f.Name, info)
		}
		if err != nil {
			return err
		}
		total += min(f.UncompressedSize64, 1<<62)
		if total > small && total/maxRatio > uint64(archive.size) {
			return &ExpandsError{"the archive"}
		}
	}
	return nil
}

// add takes note of a file.
func (a *Archive) add(name string, info fs.FileInfo) error {
	if err := inside(name); err != nil {
		return err
	}
	name = path.Clean(name)
	if _, twice := a.members[name]; twice {
		return fmt.Errorf("the archive has two files %q: nobody could tell which is meant", name)
	}
	if len(a.names) == maxMembers {
		return fmt.Errorf("the archive has more than %d files: unpack it, and give the folder", maxMembers)
	}
	a.members[name] = info
	a.names = append(a.names, name)
	return nil
}

// inside returns an error for a path that leads out of the archive.
func inside(name string) error {
	if !fs.ValidPath(path.Clean(name)) || strings.ContainsAny(name, `\:`) {
		return fmt.Errorf("the archive has the path %q, which may lead out of it: nothing of it is read", name)
	}
	return nil
}

func notOrdinary(name string) error {
	return fmt.Errorf("the archive has %q, which is a link or device and no file: nothing of it is read; make it again of the files themselves", name)
}

// tar opens a tar archive.
func (a *Archive) tar() (*tar.Reader, io.Closer, error) {
	f, err := a.fsys.Open(a.name)
	if err != nil {
		return nil, nil, err
	}
	name := strings.ToLower(a.name)
	if stem, ok := strings.CutSuffix(name, ".tgz"); ok {
		name = stem + ".tar.gz"
	}
	if _, compressed := Of(name); !compressed {
		return tar.NewReader(f), f, nil // which goes over what is not wanted
	}
	content, err := NewReader(name, f)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return tar.NewReader(content), f, nil
}

// zipped is a zip archive, and how large its file is.
type zipped struct {
	*zip.Reader

	size int64
}

func (a *Archive) zip() (*zipped, io.Closer, error) {
	f, err := a.fsys.Open(a.name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	at, ok := f.(io.ReaderAt)
	if err == nil && !ok {
		err = errors.New("a zip archive is read only of a disk: unpack it")
	}
	if err == nil {
		var archive *zip.Reader
		if archive, err = zip.NewReader(at, info.Size()); err == nil || errors.Is(err, zip.ErrInsecurePath) {
			return &zipped{archive, info.Size()}, f, nil
		}
	}
	return nil, nil, errors.Join(err, f.Close())
}

// member is a file of an archive that is being read.
type member struct {
	io.Reader

	info    fs.FileInfo
	closers []io.Closer
}

func (m *member) Stat() (fs.FileInfo, error) { return m.info, nil }

func (m *member) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	if errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = &DamagedError{err}
	}
	return n, err
}

func (m *member) Close() error {
	var all []error
	for _, c := range m.closers {
		all = append(all, c.Close())
	}
	return errors.Join(all...)
}
