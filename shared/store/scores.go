package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
)

// scoreItems is how many items the score of one customer takes at most: the present one and a point of its history.
const scoreItems = 2

// ScoresPerTx is how many customers' scores fit into one transaction.
const ScoresPerTx = table.MaxTxItems / scoreItems

// ScoredCustomer is a score with whose it is.
type ScoredCustomer struct {
	CustomerID string `json:"c"`
	score.Score
}

// ScorePoint is a customer's bands at a day when they changed.
type ScorePoint struct {
	AsOf string    `json:"asOf"`
	RFM  score.RFM `json:"rfm"`
}

// Score reads a customer's present score; nil when none was computed yet.
func (t *Tenant) Score(ctx context.Context, customerID string) (*score.Score, error) {
	it, err := t.table.Get(ctx, table.CRM, t.keys.inCustomer(customerID, "sc"))
	if err != nil || it == nil {
		return nil, err
	}
	s := &ScoredCustomer{}
	return &s.Score, decode(it, s)
}

// ScoreHistory reads the days on which a customer's bands changed, the latest first.
func (t *Tenant) ScoreHistory(ctx context.Context, customerID string, limit int) (out []ScorePoint, err error) {
	q := table.Query{Table: table.CRM, PK: t.keys.record(customerID).PK, Reverse: true, Limit: limit}.Prefix("sc#")
	err = t.each(ctx, q, func(it *table.Item) (bool, error) {
		var p ScorePoint
		err := decode(it, &p)
		out = append(out, p)
		return len(out) < limit, err
	})
	return out, err
}

// PutScore adds a customer's present score and, when its bands are not those of was (nil: none), a point of its history. Repeating it changes nothing.
func (x *Tx) PutScore(s ScoredCustomer, was *score.Score) {
	it := table.Item{Key: x.t.keys.inCustomer(s.CustomerID, "sc"), Head: encode(s)}
	it.Index[0] = x.t.keys.listed("score.list", s.CustomerID, s.CustomerID)
	x.put(table.CRM, it)
	if s.RFM != nil && !sameBands(s.RFM, was) {
		x.put(table.CRM, table.Item{Key: x.t.keys.inCustomer(s.CustomerID, "sc#"+s.AsOf), Head: encode(ScorePoint{AsOf: s.AsOf, RFM: *s.RFM})})
	}
}

func sameBands(now *score.RFM, was *score.Score) bool {
	return was != nil && was.RFM != nil && now.R == was.RFM.R && now.F == was.RFM.F && now.M == was.RFM.M
}

// ScoreSummary is the picture of all customers with when it was made.
type ScoreSummary struct {
	score.Summary
	BuiltAt time.Time `json:"builtAt"`
}

// ScoreBook says where the scores of a picture stand as a whole (shared/lake/scorebook). It lies in the picture's own item, so that both are of one rebuild.
type ScoreBook struct {
	Key       string `json:"key"`
	Index     int64  `json:"index"` // where the index begins, and how long it is
	Bytes     int64  `json:"bytes"`
	Bands     int64  `json:"bands"` // how long the bands are, behind the index
	Customers int    `json:"customers"`
	AsOf      string `json:"asOf"`
}

// ScoreBook reads where the scores of the latest picture stand, or those of a day (YYYY-MM-DD); nil for a picture of before there were books, errs scores_not_built
// when there is no picture.
func (t *Tenant) ScoreBook(ctx context.Context, asOf string) (*ScoreBook, error) {
	it, err := t.get(ctx, table.CRM, t.keys.picture(asOf), "scores_not_built")
	if err != nil || len(it.Body) == 0 {
		return nil, err
	}
	b := &ScoreBook{}
	return b, json.Unmarshal(it.Body, b)
}

// ScoreBookKey is where the book of a rebuild of a day stands among the tenant's objects.
func (t *Tenant) ScoreBookKey(asOf, jobID string) string {
	return "t/" + t.ID + "/scores/" + asOf + "-" + jobID + ".zst"
}

// picture is the key of the latest picture, or of that of a day.
func (k keys) picture(asOf string) table.Key {
	if asOf == "" {
		return table.Key{PK: k.pk("score"), SK: "latest"}
	}
	return table.Key{PK: k.pk("score"), SK: "day#" + asOf}
}

// Summary reads the latest picture, or that of a day (YYYY-MM-DD); errs scores_not_built when there is none.
func (t *Tenant) Summary(ctx context.Context, asOf string) (*ScoreSummary, error) {
	it, err := t.get(ctx, table.CRM, t.keys.picture(asOf), "scores_not_built")
	if err != nil {
		return nil, err
	}
	s := &ScoreSummary{}
	return s, decode(it, s)
}

// Summaries lists the days of which there is a picture, the latest first.
func (t *Tenant) Summaries(ctx context.Context, limit int) (days []string, err error) {
	q := table.Query{Table: table.CRM, PK: t.keys.pk("score"), Reverse: true, Limit: limit}.Prefix("day#")
	err = t.each(ctx, q, func(it *table.Item) (bool, error) {
		days = append(days, it.SK[len("day#"):])
		return len(days) < limit, nil
	})
	return days, err
}

// ScoreCard is the model card of a rebuild with when it was made.
type ScoreCard struct {
	score.Card
	BuiltAt time.Time `json:"builtAt"`
}

// ScoreCard reads the model card that belongs to the picture of a day; errs score_card_not_found for one that was made before there were models.
func (t *Tenant) ScoreCard(ctx context.Context, asOf string) (*ScoreCard, error) {
	it, err := t.get(ctx, table.CRM, t.keys.scoreCard(asOf), "score_card_not_found")
	if err != nil {
		return nil, err
	}
	c := &ScoreCard{}
	return c, decode(it, c)
}

func (k keys) scoreCard(asOf string) table.Key {
	return table.Key{PK: k.pk("score"), SK: "card#" + asOf}
}

// PutScoreCard adds the model card of a day, in place of one that was made of it before.
func (x *Tx) PutScoreCard(c score.Card) {
	x.put(table.CRM, table.Item{Key: x.t.keys.scoreCard(c.AsOf), Head: encode(ScoreCard{Card: c, BuiltAt: x.t.Now()})})
}

// PutSummary adds the picture as that of its day, with the book of its scores, and as the latest one when it is to show the present.
func (x *Tx) PutSummary(s score.Summary, book *ScoreBook, present bool) {
	head, body := encode(ScoreSummary{Summary: s, BuiltAt: x.t.Now()}), []byte(nil)
	if book != nil {
		body = encode(book)
	}
	if present {
		x.put(table.CRM, table.Item{Key: x.t.keys.picture(""), Head: head, Body: body, Event: x.event("scores.built", s.AsOf, nil, nil)})
	}
	x.put(table.CRM, table.Item{Key: x.t.keys.picture(s.AsOf), Head: head, Body: body})
}

// Scored says whether scores were ever built.
func (t *Tenant) Scored(ctx context.Context) (bool, error) {
	_, err := t.Summary(ctx, "")
	if errs.Code(err) == "scores_not_built" {
		return false, nil
	}
	return err == nil, err
}
