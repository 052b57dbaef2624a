package frozen

import (
	"context"
	"errors"

	"github.com/plexus-kg/plexus/graph/signs"
)

// listSigns makes the table of signs that is written with the store.
func (s *Store) listSigns(ctx context.Context) error {
	t, err := signs.Build(ctx, s)
	if errors.Is(err, signs.ErrTooDeep) {
		return nil // which who asks for it is told
	}
	if err == nil {
		s.signs = t.Encode()
	}
	return err
}

// Signs returns the table of which concepts have which signs. A release of before has
// none: it is made when it is first asked for. Errors are those of [signs.Build].
func (s *Store) Signs(ctx context.Context) (*signs.Table, error) {
	s.sign.Do(func() {
		if len(s.signs) > 0 {
			s.signed, s.noSigns = signs.Decode(&s.sum, s.signs)
			return
		}
		// Whoever asks first does not end what all wait for.
		s.signed, s.noSigns = signs.Build(context.WithoutCancel(ctx), s)
	})
	return s.signed, s.noSigns
}
