package lake

import (
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// mapped makes the rows of an item of each kind that the lake has. Rows of an item need no order.
var mapped = map[store.Kind]func(*table.Item) ([]Row, error){
	store.CustomerRecord:  customerRows,
	store.LeadRecord:      leadRows,
	store.OrderRecord:     orderRows,
	store.CampaignRecord:  campaignRows,
	store.CampaignControl: controlRows,
	store.MessageRow:      messageRows,
	store.ConsentRecord:   consentRows,
	store.TimelineEntry:   entryRows,
}

// left says why the lake does not have the other kinds.
var left = map[store.Kind]string{
	store.LakeMarked:      "says how far the lake is",
	store.MergeRecord:     "how two customers became one: what hangs on them names the one who stays, and the timeline tells it",
	store.PhoneEntry:      "an entry for the search: the number stands with the customer",
	store.PresentScore:    "as it was when its bands changed last: rebuilds write the lake's scores themselves",
	store.ScoreOfDay:      "bands of earlier days: the lake has the present scores, and earlier ones in its history",
	store.ProductRecord:   "order lines name their product as it was sold",
	store.SegmentRecord:   "a rule, no facts",
	store.TemplateRecord:  "a text, no facts",
	store.ViewRecord:      "how a person likes to see a list, no facts",
	store.ImportRecord:    "how records came in: they name their import themselves",
	store.JournalEntry:    "how an import is undone",
	store.ExportRecord:    "files that were made",
	store.CampaignCopy:    "what a campaign sends, copied from its template",
	store.CampaignNote:    "how far the sending is: the messages say",
	store.ScoreSummaries:  "sums over the scores, which the lake has",
	store.StagesOfMonth:   "sums over a month's stages; the customers' are in a file of the month",
	store.ScoreCards:      "how a model fits: read by its day",
	store.UniqueValue:     "makes a value unique: it stands with its record",
	store.WorkspaceRecord: "settings",
	store.FieldSet:        "definitions: the dictionary reads them beside the lake",
	store.ChunkTally:      "sums over the messages, which the lake has",
	store.SuppressedHere:  "asked by address before each message; the message says why it was skipped, and messages that came back say whom to ask about (rules.Reach)",
}

// Rows turns a record of the change feed into the rows that it brings, with the tenant whose they are; none, and no error, for what the lake does not have.
// now stands for when a record changed where no image tells: one that is gone.
//
// What the old image brought and the new one does not is gone, with the version behind the old one's, or at once with the new one's. A row that moves to
// another place of its subject's order leaves one behind that is gone, with the old version, so that no older version is taken for the present one there.
func Rows(r feed.Record, now time.Time) (tenant string, rows []Row, err error) {
	tenant, kind, known := store.KindOf(r.Table, r.Key())
	of := mapped[kind]
	if !known || of == nil {
		return tenant, nil, nil
	}
	now = now.UTC().Truncate(time.Millisecond)
	was, err := imageRows(of, r.Old, now)
	if err != nil {
		return tenant, nil, err
	}
	is, err := imageRows(of, r.New, now)
	if err != nil {
		return tenant, nil, err
	}
	if r.New != nil && r.Old != nil && r.New.Version == r.Old.Version {
		return tenant, nil, nil // a counter moved
	}
	return tenant, append(is, gone(was, is, r, now)...), nil
}

// ItemRows are the rows of an item as it stands, for whoever builds a lake from the table.
func ItemRows(n table.Name, it *table.Item, now time.Time) ([]Row, error) {
	_, kind, _ := store.KindOf(n, it.Key)
	of := mapped[kind]
	if of == nil {
		return nil, nil
	}
	return imageRows(of, it, now.UTC().Truncate(time.Millisecond))
}

func imageRows(of func(*table.Item) ([]Row, error), it *table.Item, now time.Time) ([]Row, error) {
	if it == nil {
		return nil, nil
	}
	rows, err := of(it)
	if err != nil {
		return nil, fmt.Errorf("rows of %s/%s: %w", it.PK, it.SK, err)
	}
	for i := range rows {
		rows[i].Version = it.Version
		if rows[i].At.IsZero() {
			rows[i].At = now
		}
	}
	return rows, nil
}

// gone are the rows that take the place of those that were and are not.
func gone(was, is []Row, r feed.Record, now time.Time) (out []Row) {
	present := make(map[string]*Row, len(is))
	for i := range is {
		present[is[i].Subject+" "+is[i].ID] = &is[i]
	}
	for i := range was {
		old := &was[i]
		next, at := present[old.Subject+" "+old.ID], PlaceOf(old)
		switch {
		case next == nil && r.New == nil:
			out = append(out, ghost(old, r.Old.Version+1, now))
		case next == nil:
			out = append(out, ghost(old, r.New.Version, now))
		case PlaceOf(next) != at:
			out = append(out, ghost(old, r.Old.Version, next.At))
		}
	}
	return out
}

// ghost is a row that says that there is none where it stands.
func ghost(of *Row, version int64, at time.Time) Row {
	out := Row{Subject: of.Subject, ID: of.ID, Version: version, At: at, Gone: true}
	for _, column := range placing[of.Subject] {
		if v := of.Value(column); v != nil {
			out.Cells = append(out.Cells, Cell{column, v})
		}
	}
	return out
}

// placing are the columns of a subject that say where a row stands, beside its id.
var placing = placingColumns()

func placingColumns() map[string][]string {
	out := map[string][]string{}
	for _, s := range dictionary.Subjects() {
		columns := append([]string{}, s.Sort[:len(s.Sort)-1]...)
		if s.Partitioned {
			columns = append(columns, s.By)
		}
		out[s.Name] = columns
	}
	return out
}
