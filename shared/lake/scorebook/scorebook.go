// Package scorebook keeps the scores of one rebuild whole, in one object in which a customer's is found by two short reads. The table has a score as it was when its
// bands changed last, the lake has the present ones for DuckDB; a book has every figure of a day for whoever asks by a customer's id and links no engine: the API, templates,
// and the next rebuild, which reads on from it what changed.
//
// A book is blocks of customers in the order of their ids, each compressed lines of JSON, and behind them the index: which id each block begins with and where
// it lies; then the bands of all once more. A customer takes about 100 bytes. Where the index lies stands in the table (store.ScoreBook), beside the picture of the same rebuild.
package scorebook

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// perBlock is how many customers stand in a block: of a million an index of 40 kB finds a block of 40 kB.
const perBlock = 512

// block is a line of the index.
type block struct {
	First  string `json:"first"`
	Offset int64  `json:"offset"`
	Bytes  int64  `json:"bytes"`
}

// Write puts the scores of customers, in the order of their ids, under a key, and says where the index is.
func Write(ctx context.Context, objects blob.Blob, key string, scores *score.List) (*store.ScoreBook, error) {
	packed := make([][]byte, (scores.Len()+perBlock-1)/perBlock)
	work := errgroup.Group{}
	work.SetLimit(runtime.GOMAXPROCS(0))
	for n := range packed {
		work.Go(func() (err error) {
			packed[n], err = pack(scores, n*perBlock, min((n+1)*perBlock, scores.Len()))
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	bands, err := packBands(scores)
	if err != nil {
		return nil, err
	}
	return put(ctx, objects, key, scores, packed, bands)
}

func put(ctx context.Context, objects blob.Blob, key string, scores *score.List, packed [][]byte, bands []byte) (*store.ScoreBook, error) {
	index, readers, end := make([]block, len(packed)), make([]io.Reader, 0, len(packed)+1), int64(0)
	for n, b := range packed {
		index[n] = block{scores.ID(n * perBlock), end, int64(len(b))}
		readers, end = append(readers, bytes.NewReader(b)), end+int64(len(b))
	}
	text, err := json.Marshal(index)
	if err != nil {
		return nil, err
	}
	last, err := compress(text)
	if err != nil {
		return nil, err
	}
	readers = append(readers, bytes.NewReader(last), bytes.NewReader(bands))
	if _, err := objects.Put(ctx, key, io.MultiReader(readers...), blob.PutOptions{ContentType: "application/zstd"}); err != nil {
		return nil, fmt.Errorf("write %s: %w", key, err)
	}
	return &store.ScoreBook{Key: key, Index: end, Bytes: int64(len(last)), Bands: int64(len(bands)), Customers: scores.Len()}, nil
}

// pack writes the scores from a place on, up to end.
func pack(scores *score.List, from, end int) ([]byte, error) {
	var lines bytes.Buffer
	for i, s := range scores.From(from) {
		if i == end {
			break
		}
		line, err := json.Marshal(store.ScoredCustomer{CustomerID: scores.ID(i), Score: *s})
		if err != nil {
			return nil, err
		}
		lines.Write(line)
		lines.WriteByte('\n')
	}
	return compress(lines.Bytes())
}

func compress(b []byte) ([]byte, error) {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, err
	}
	return z.EncodeAll(b, nil), z.Close()
}

// Find reads a customer's score out of a book; nil for one who is not in it.
func Find(ctx context.Context, objects blob.Blob, b *store.ScoreBook, customerID string) (*score.Score, error) {
	index, err := indexOf(ctx, objects, b)
	if err != nil {
		return nil, err
	}
	n, exact := slices.BinarySearchFunc(index, customerID, func(x block, id string) int { return strings.Compare(x.First, id) })
	if !exact {
		n--
	}
	if n < 0 {
		return nil, nil //nolint:nilnil // who is in no book has no score, which is no error
	}
	lines, err := read(ctx, objects, b.Key, index[n].Offset, index[n].Bytes)
	if err != nil {
		return nil, err
	}
	var found *score.Score
	err = eachLine(bytes.NewReader(lines), func(s *store.ScoredCustomer) error {
		if s.CustomerID == customerID {
			found = &s.Score
			return io.EOF
		}
		return nil
	})
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return found, err
}

// Each calls f for every customer of a book, in the order of their ids. An error of f ends it and is returned.
func Each(ctx context.Context, objects blob.Blob, b *store.ScoreBook, f func(*store.ScoredCustomer) error) error {
	if b.Index == 0 {
		return nil // of nobody
	}
	in, _, err := objects.Get(ctx, b.Key, 0, b.Index)
	if err != nil {
		return fmt.Errorf("open %s: %w", b.Key, err)
	}
	defer in.Close()
	z, err := zstd.NewReader(in)
	if err != nil {
		return err
	}
	defer z.Close()
	return eachLine(z, f)
}

func indexOf(ctx context.Context, objects blob.Blob, b *store.ScoreBook) (index []block, err error) {
	text, err := read(ctx, objects, b.Key, b.Index, b.Bytes)
	if err != nil {
		return nil, err
	}
	return index, json.Unmarshal(text, &index)
}

// read opens a compressed piece of a book.
func read(ctx context.Context, objects blob.Blob, key string, offset, n int64) ([]byte, error) {
	if n == 0 {
		return nil, nil // nothing is compressed to nothing
	}
	in, _, err := objects.Get(ctx, key, offset, n)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	defer in.Close()
	z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return io.ReadAll(z)
}

// longest is more than a score takes.
const longest = 64 << 10

func eachLine(in io.Reader, f func(*store.ScoredCustomer) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 16<<10), longest)
	for lines.Scan() {
		s := &store.ScoredCustomer{}
		if err := json.Unmarshal(lines.Bytes(), s); err != nil {
			return fmt.Errorf("a line of a score book: %w", err)
		}
		if err := f(s); err != nil {
			return err
		}
	}
	return lines.Err()
}

// Of reads a customer's score at the end of a day (YYYY-MM-DD) of which there is a book, or the present one for "": out of the table where no rebuild has written a
// book yet. It is nil for who was in no rebuild. Errors are those of store.Tenant.ScoreBook, for a day without a picture.
func Of(ctx context.Context, t *store.Tenant, objects blob.Blob, customerID, asOf string) (*score.Score, error) {
	b, err := t.ScoreBook(ctx, asOf)
	if errs.Code(err) == "scores_not_built" && asOf == "" {
		return t.Score(ctx, customerID)
	}
	if err != nil {
		return nil, err
	}
	if b == nil {
		return older(ctx, t, customerID, asOf)
	}
	s, err := Find(ctx, objects, b, customerID)
	if errors.Is(err, blob.ErrNotFound) { // a later rebuild took its place between two reads, or the day is not kept
		return older(ctx, t, customerID, asOf)
	}
	return s, err
}

func older(ctx context.Context, t *store.Tenant, customerID, asOf string) (*score.Score, error) {
	if asOf != "" {
		return nil, errs.New(errs.NotFound, "scores_not_kept")
	}
	return t.Score(ctx, customerID)
}
