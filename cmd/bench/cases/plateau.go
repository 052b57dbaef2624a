package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// formula is where the constants of the score stand, from the root of the module.
const formula = "graph/walk/rank.go"

// variations are how each constant is varied.
var variations = [...]float64{0.7, 1.3}

// scoreConstant is a line of a constant of the score.
var scoreConstant = regexp.MustCompile(`(?m)^\t([A-Z]\w+) *= ([0-9.]+)$`)

// plateau measures again with each constant of the score 30 % smaller and larger, and
// prints the shares beside each other. The constants are constants: the program is
// built anew for each, with another text of the formula laid over it.
func plateau(ctx context.Context, args []string, out io.Writer) (err error) {
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return fmt.Errorf("--plateau builds the program anew: run it in the clone of Plexus: %w", err)
	}
	path := filepath.Join(strings.TrimSpace(string(root)), formula)
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "plateau-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	measure := func(name string, formula []byte) error {
		laid, bench := filepath.Join(work, "rank.go"), filepath.Join(work, "cases")
		overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{path: laid}})
		if err == nil {
			err = errors.Join(os.WriteFile(laid, formula, 0o600), os.WriteFile(filepath.Join(work, "overlay.json"), overlay, 0o600))
		}
		if err != nil {
			return err
		}
		build := exec.CommandContext(ctx, "go", "build", "-overlay", filepath.Join(work, "overlay.json"), "-o", bench, "./cmd/bench/cases") //nolint:gosec // our own
		build.Dir = strings.TrimSpace(string(root))
		if said, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", name, err, said)
		}
		said, err := exec.CommandContext(ctx, bench, args...).Output() //nolint:gosec // as built
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		shares := wholeRow.FindSubmatch(said)
		if shares == nil {
			return fmt.Errorf("%s: no row of all cases in %s", name, said)
		}
		_, err = fmt.Fprintf(out, "| %s | %s |\n", name, strings.Join(strings.Fields(strings.ReplaceAll(string(shares[1]), " %", "")), " | "))
		return err
	}
	fmt.Fprint(out, "| constants | cases | first % | in 3 % | in 10 % | in 50 % |\n|---|--:|--:|--:|--:|--:|\n")
	if err := measure("as they are", text); err != nil {
		return err
	}
	for _, at := range scoreConstant.FindAllSubmatchIndex(text, -1) {
		name := string(text[at[2]:at[3]])
		value, err := strconv.ParseFloat(string(text[at[4]:at[5]]), 64)
		if err != nil {
			return err
		}
		for _, by := range variations {
			varied := strconv.FormatFloat(value*by, 'g', 4, 64)
			other := string(text[:at[4]]) + varied + string(text[at[5]:])
			if err := measure(fmt.Sprintf("%s %s, not %g", name, varied, value), []byte(other)); err != nil {
				return err
			}
		}
	}
	return nil
}

// wholeRow finds the shares of all cases with excluded findings.
var wholeRow = regexp.MustCompile(`(?m)^ *and excluded ones((?: +[0-9.]+(?: %)?){5})`)
