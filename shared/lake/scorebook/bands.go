package scorebook

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/store"
)

// Bands are the words and classes of a score, which change now and then where its figures change every day. They stand once more behind the index of a book, some
// 15 bytes a customer, so that two days are compared without reading their figures.
type Bands struct {
	CustomerID string
	Bought     bool // whether there are R, F and M; 0 each while there are too few buyers
	R, F, M    int
	Churn      score.Band // "" without a forecast
	NoForecast score.Reason
	lifecycle.Standing
}

// BandsOf are those of a customer's score.
func BandsOf(customerID string, s *score.Score) Bands {
	b := Bands{CustomerID: customerID, NoForecast: s.NoForecast, Standing: s.Standing}
	if s.RFM != nil {
		b.Bought, b.R, b.F, b.M = true, s.RFM.R, s.RFM.F, s.RFM.M
	}
	if c := s.Churn(); c != nil {
		b.Churn = c.Band
	}
	return b
}

// appendBands writes bands as a line: words that have no spaces, "-" for none.
func appendBands(lines []byte, b Bands) []byte {
	cell := "-"
	if b.Bought {
		cell = string([]byte{'0' + byte(b.R), '0' + byte(b.F), '0' + byte(b.M)})
	}
	for _, word := range []string{b.CustomerID, cell, string(b.Churn), string(b.NoForecast), string(b.LifecycleStage), string(b.LifecycleReason), b.LifecycleSince, string(b.LifecycleBefore)} {
		if word == "" {
			word = "-"
		}
		lines = append(append(lines, word...), ' ')
	}
	lines[len(lines)-1] = '\n'
	return lines
}

// bandWords is how many words a line has.
const bandWords = 8

func parseBands(line string) (b Bands, err error) {
	var words [bandWords]string
	for i := range words {
		words[i], line, _ = strings.Cut(line, " ")
		if words[i] == "-" {
			words[i] = ""
		}
	}
	if words[0] == "" || line != "" || len(words[1]) != 0 && len(words[1]) != 3 {
		return b, fmt.Errorf("no bands: %q", words)
	}
	b = Bands{CustomerID: words[0], Churn: score.Band(words[2]), NoForecast: score.Reason(words[3]), Standing: lifecycle.Standing{LifecycleStage: lifecycle.Stage(words[4]),
		LifecycleReason: lifecycle.Reason(words[5]), LifecycleSince: words[6], LifecycleBefore: lifecycle.Stage(words[7])}}
	if cell := words[1]; cell != "" {
		b.Bought, b.R, b.F, b.M = true, int(cell[0]-'0'), int(cell[1]-'0'), int(cell[2]-'0')
	}
	return b, nil
}

// ReadBands reads the bands of all customers of a book, in the order of their ids.
func ReadBands(ctx context.Context, objects blob.Blob, b *store.ScoreBook) ([]Bands, error) {
	text, err := read(ctx, objects, b.Key, b.Index+b.Bytes, b.Bands)
	if err != nil {
		return nil, err
	}
	out, words := make([]Bands, 0, b.Customers), map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		one, err := parseBands(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", b.Key, err)
		}
		one.share(words)
		out = append(out, one)
	}
	return out, lines.Err()
}

// share has the words of all customers once in memory, and lets go of the line.
func (b *Bands) share(words map[string]string) {
	b.CustomerID = strings.Clone(b.CustomerID)
	once := func(word string) string {
		if word == "" {
			return ""
		}
		if _, known := words[word]; !known {
			word = strings.Clone(word)
			words[word] = word
		}
		return words[word]
	}
	b.Churn, b.NoForecast = score.Band(once(string(b.Churn))), score.Reason(once(string(b.NoForecast)))
	b.LifecycleStage, b.LifecycleReason = lifecycle.Stage(once(string(b.LifecycleStage))), lifecycle.Reason(once(string(b.LifecycleReason)))
	b.LifecycleSince, b.LifecycleBefore = once(b.LifecycleSince), lifecycle.Stage(once(string(b.LifecycleBefore)))
}

// packBands are the bands of all as they stand in a book.
func packBands(scores *score.List) ([]byte, error) {
	lines := make([]byte, 0, 80*scores.Len())
	for i, s := range scores.From(0) {
		lines = appendBands(lines, BandsOf(scores.ID(i), s))
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, err
	}
	return z.EncodeAll(lines, nil), z.Close()
}
