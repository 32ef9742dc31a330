package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/queue"
)

const (
	lookTime = 5 * time.Minute // a look hides each letter for so long at most
	lookWait = time.Second     // lets SQS ask all its servers
)

// notice is what S3 puts on the queue: for each object that was stored, and once as a test when the bucket is connected with the queue.
// Source: AWS, S3 user guide, "Event message structure".
type notice struct {
	Event   string // s3:TestEvent, in the test alone
	Records []struct {
		S3 struct {
			Object struct {
				Key string `json:"key"` // escaped as in a query
			} `json:"object"`
		} `json:"s3"`
	}
}

// settle takes the letters off the queue of dead ones whose objects are no longer there, so that the alarm ends with its cause. Others are given back.
func (r *replay) settle(ctx context.Context) (err error) {
	var back []string
	defer func() {
		for _, receipt := range back {
			err = errors.Join(err, r.letters.Hide(context.WithoutCancel(ctx), r.dead, receipt, 0))
		}
	}()
	for seen := map[string]bool{}; ; {
		letters, err := r.letters.Receive(ctx, r.dead, queue.MaxBatch, lookTime, lookWait)
		if err != nil {
			return fmt.Errorf("read the letters about what was set aside: %w", err)
		}
		fresh := 0
		for _, l := range letters {
			if !seen[l.ID] {
				fresh++
			}
			seen[l.ID] = true
			over, err := r.over(ctx, l.Body)
			if err == nil && over {
				err = r.letters.Delete(ctx, r.dead, l.Receipt)
			} else {
				back = append(back, l.Receipt)
			}
			if err != nil {
				return err
			}
		}
		if fresh == 0 {
			return nil
		}
	}
}

// over says whether none of the objects that a letter names is left. A letter that is not S3's is somebody else's to judge.
func (r *replay) over(ctx context.Context, body []byte) (bool, error) {
	var n notice
	if json.Unmarshal(body, &n) != nil || n.Event == "" && len(n.Records) == 0 {
		return false, nil
	}
	for _, record := range n.Records {
		key, err := url.QueryUnescape(record.S3.Object.Key)
		if err != nil {
			return false, nil
		}
		if r.done[key] {
			continue
		}
		if _, err := r.aside.Head(ctx, key); !errors.Is(err, blob.ErrNotFound) {
			return false, err
		}
	}
	return true, nil
}
