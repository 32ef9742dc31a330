package lake

import (
	"context"
	"errors"
	"time"

	"github.com/dangol/dangol/shared/blob"
)

// subjectTries is how often a replacement begins again when another writer of the manifest was first; compactions take seconds, this takes none.
const subjectTries = 20

// ReplaceSubject makes these the parts of a subject that is computed as a whole, in place of those that it had. Rows of deltas that are not in the parts still
// hold where their version is higher. What was written before stays in the manifests of months that are over. It may be called again after any error.
func ReplaceSubject(ctx context.Context, b blob.Blob, tenant, subject string, parts []Part, now time.Time, keep func(context.Context, *Manifest) error) (err error) {
	for range subjectTries {
		if err = replaceSubject(ctx, b, tenant, subject, parts, now, keep); !errors.Is(err, ErrOvertaken) {
			return err
		}
	}
	return err
}

func replaceSubject(ctx context.Context, b blob.Blob, tenant, subject string, parts []Part, now time.Time, keep func(context.Context, *Manifest) error) error {
	was, mark, err := Read(ctx, b, tenant)
	if err != nil {
		return err
	}
	if err := keep(ctx, &was); err != nil {
		return err
	}
	next := was
	next.Version, next.At, next.Subjects = was.Version+1, now.UTC(), map[string][]Part{}
	for s, p := range was.Subjects {
		next.Subjects[s] = p
	}
	next.Subjects[subject] = parts
	return Swap(ctx, b, tenant, mark, next)
}
