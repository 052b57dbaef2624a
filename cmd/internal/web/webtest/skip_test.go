package webtest

import (
	"fmt"
	"testing"
)

// verdict is a test that only notes how it ended.
type verdict struct {
	testing.TB
	skipped, failed string
}

func (v *verdict) Helper()                      {}
func (v *verdict) Skip(args ...any)             { v.skipped = fmt.Sprint(args...) }
func (v *verdict) Fatalf(f string, args ...any) { v.failed = fmt.Sprintf(f, args...) }

func TestSkip(t *testing.T) {
	t.Setenv("PLEXUS_REQUIRE_ALL", "")
	lenient := &verdict{TB: t}
	Skip(lenient, "no browser")
	if lenient.skipped != "no browser" || lenient.failed != "" {
		t.Errorf("without the variable: %+v", lenient)
	}
	t.Setenv("PLEXUS_REQUIRE_ALL", "1")
	strict := &verdict{TB: t}
	Skip(strict, "no browser")
	if strict.failed == "" {
		t.Error("PLEXUS_REQUIRE_ALL=1 does not fail the test")
	}
}
