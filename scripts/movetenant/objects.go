package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"github.com/dangol/dangol/shared/blob"
)

func (m *move) prefix() string { return "t/" + m.tenant + "/" }

// objects copies the present version of each object, through this machine, from where an earlier run stopped.
func (m *move) objects(ctx context.Context) error {
	c := &m.cursor.Objects
	err := blob.Each(ctx, m.from.bucket, m.prefix(), c.After, func(i blob.Info) error {
		if err := m.object(ctx, i.Key); err != nil {
			return fmt.Errorf("copy %s: %w", i.Key, err)
		}
		c.After, c.Count = i.Key, c.Count+1
		return m.keep(m.cursor)
	})
	if err == nil {
		m.say("copied objects   %d", c.Count)
	}
	return err
}

func (m *move) object(ctx context.Context, key string) error {
	open, info, err := m.from.bucket.Get(ctx, key, 0, -1)
	if err != nil {
		return err
	}
	defer open.Close()
	_, err = m.to.bucket.Put(ctx, key, open, blob.PutOptions{ContentType: info.ContentType})
	return err
}

// stock is what a bucket holds of the workspace.
type stock struct {
	count, bytes int64
	digest       string // "" when the contents were not read
}

func (s stock) String() string {
	text := fmt.Sprintf("%d objects of %d bytes", s.count, s.bytes)
	if s.digest != "" {
		text += ", digest " + s.digest
	}
	return text
}

// listed counts without reading.
func (m *move) listed(ctx context.Context, at *side) (s stock, err error) {
	err = blob.Each(ctx, at.bucket, m.prefix(), "", func(i blob.Info) error {
		s.count, s.bytes = s.count+1, s.bytes+i.Size
		return nil
	})
	return s, err
}

// stock reads everything: names, types and contents are in the digest.
func (m *move) stock(ctx context.Context, at *side) (s stock, err error) {
	sum := sha256.New()
	err = blob.Each(ctx, at.bucket, m.prefix(), "", func(i blob.Info) error {
		s.count, s.bytes = s.count+1, s.bytes+i.Size
		return digest(ctx, at, i.Key, sum)
	})
	s.digest = hex.EncodeToString(sum.Sum(nil)[:6])
	return s, err
}

func digest(ctx context.Context, at *side, key string, sum hash.Hash) error {
	open, info, err := at.bucket.Get(ctx, key, 0, -1)
	if err != nil {
		return err
	}
	defer open.Close()
	content := sha256.New()
	if _, err := io.Copy(content, open); err != nil {
		return fmt.Errorf("read %s: %w", key, err)
	}
	fmt.Fprintf(sum, "%q %q %x\n", key, info.ContentType, content.Sum(nil))
	return nil
}

// deleteObjects takes the workspace's objects away at the new stage.
func (m *move) deleteObjects(ctx context.Context) error {
	n := 0
	err := blob.Each(ctx, m.to.bucket, m.prefix(), "", func(i blob.Info) error {
		n++
		return m.to.bucket.Delete(ctx, i.Key)
	})
	m.say("deleted objects   %d at %s", n, m.to.Stage)
	return err
}
