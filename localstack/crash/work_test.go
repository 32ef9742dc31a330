package crash_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/testkit/partner"
)

const (
	importRows = 5000 // of the first file
	furtherRow = 2000 // of every file after it, so that fifty kills end within minutes
	reached    = 2000 // customers who get each campaign
	orderRows  = 3000
)

// importCustomers brings in a file and wants every row of it created once.
func (s *story) importCustomers(ctx context.Context) error {
	rows, reach := furtherRow, 0
	if len(s.made) == 0 {
		rows, reach = importRows, reached
	}
	im, err := s.bring(ctx, "customers", s.file(s.rounds, rows, reach))
	if want := (partner.Counts{Read: int64(rows), Created: int64(rows)}); err == nil && (im.Counts != want || im.Status != "succeeded") {
		err = fmt.Errorf("import: got %s %+v, want %+v", im.Status, im.Counts, want)
	}
	for i := range rows {
		s.made[fmt.Sprintf("R%03d-%05d", s.rounds, i)] = true
	}
	return err
}

// bring takes a file through upload, check and commit, however often the host dies meanwhile.
func (s *story) bring(ctx context.Context, kind string, file []byte) (im partner.Import, err error) {
	err = persist(ctx, func() error { im, err = s.shop.Upload(ctx, kind, file); return err })
	if err != nil {
		return im, err
	}
	return s.drive(ctx, im.ID, map[string]string{"mapping": "check", "ready": "commit"}, "succeeded", "partlyFailed", "canceled")
}

// drive takes the next step whenever the import is in its state, until it is in a final one. A step whose answer was lost is seen in the state.
func (s *story) drive(ctx context.Context, importID string, steps map[string]string, final ...string) (im partner.Import, err error) {
	for {
		im = partner.Import{}
		err := persist(ctx, func() error { return s.shop.Get(ctx, "/v1/imports/"+importID, &im) })
		switch {
		case err != nil:
			return im, fmt.Errorf("import is %s: %w", im.Status, err)
		case !im.Counts.Balanced():
			return im, fmt.Errorf("import: the books do not balance: %+v", im.Counts)
		case slices.Contains(final, im.Status):
			return im, nil
		}
		if step := steps[im.Status]; step != "" {
			if err := s.shop.Step(ctx, importID, step); err != nil && !broken(err) && partner.Code(err) != "import_wrong_state" {
				return im, err
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// importAndUndo brings in a file of its own and takes all of it back.
func (s *story) importAndUndo(ctx context.Context) error {
	const rows = furtherRow
	im, err := s.bring(ctx, "customers", s.file(s.rounds, rows, 0))
	if err != nil {
		return err
	}
	im, err = s.drive(ctx, im.ID, map[string]string{"succeeded": "undo"}, "undone")
	if u := im.Undo; err == nil && (u.Removed != rows || u.Restored+u.Kept != 0) {
		err = fmt.Errorf("undo: got %+v, want %d removed", u, rows)
	}
	return err
}

// orders gives the first customers something to be scored by, and makes what campaigns need.
func (s *story) orders() {
	ctx, cancel := context.WithTimeout(s.Context(), time.Minute)
	defer cancel()
	b := []byte("externalId,customerExternalId,orderedAt,total\n")
	for i := range orderRows {
		b = fmt.Appendf(b, "O-%05d,R001-%05d,2026-01-%02d,%d\n", i, i%1000, 1+i%28, 1000)
	}
	im, err := s.bring(ctx, "orders", b)
	s.must(err)
	if im.Counts.Created != orderRows {
		s.Fatalf("orders: got %+v", im.Counts)
	}
	s.segment = s.create(ctx, "/v1/segments", map[string]any{"name": "Reached", "rule": map[string]any{"field": "customer.tags", "op": "contains", "value": "reach"}})
}

func (s *story) create(ctx context.Context, path string, in any) string {
	s.Helper()
	var made struct{ ID string }
	s.must(s.shop.Post(ctx, path, in, &made))
	return made.ID
}

// rebuild computes the scores and wants the picture that the orders give.
func (s *story) rebuild(ctx context.Context) error {
	var job partner.Job
	start := func() error {
		return s.shop.Post(ctx, "/v1/scores/rebuild", map[string]string{"asOf": "2026-01-31"}, &job)
	}
	if err := persist(ctx, start); err != nil {
		return err
	}
	for !job.Ended() {
		if err := persist(ctx, func() error { return s.shop.Get(ctx, "/v1/jobs/"+job.ID, &job) }); err != nil {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
	var got struct {
		AsOf           string
		Buyers, Orders int
		Revenue        partner.Money
	}
	err := persist(ctx, func() error { return s.shop.Get(ctx, "/v1/scores/summary", &got) })
	if err == nil && (job.Status != "succeeded" || got.Buyers != 1000 || got.Orders != orderRows || got.Revenue.Amount != "3000000") {
		err = fmt.Errorf("rebuild: got %+v of job %+v, want 1000 buyers, %d orders, 3000000", got, job, orderRows)
	}
	return err
}

// send launches a campaign to everyone who is reached and waits for its end.
func (s *story) send(ctx context.Context) error {
	var template, campaign struct{ ID string }
	err := persist(ctx, func() error {
		return s.shop.Post(ctx, "/v1/templates", map[string]string{"name": "News", "subject": "For {{ customer.name }}", "html": `<p><a href="https://shop.test/a">News</a> <a href="{{ unsubscribe_url }}">Leave</a></p>`}, &template)
	})
	if err != nil {
		return err
	}
	err = persist(ctx, func() error {
		return s.shop.Post(ctx, "/v1/campaigns", map[string]string{"name": "News", "segmentId": s.segment, "templateId": template.ID}, &campaign)
	})
	if err != nil {
		return err
	}
	s.audit.watch(campaign.ID)
	var r partner.Report
	for r.Status != "sent" || r.Responses.Delivered < reached {
		if err := persist(ctx, func() error { return s.shop.Get(ctx, "/v1/campaigns/"+campaign.ID+"/report", &r) }); err != nil {
			return fmt.Errorf("campaign stands at %+v: %w", r, err)
		}
		if r.Status == "draft" {
			if err := s.shop.Post(ctx, "/v1/campaigns/"+campaign.ID+"/launch", nil, nil); err != nil && !broken(err) && partner.Code(err) != "campaign_not_possible" {
				return err
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return s.sentOnce(ctx, campaign.ID, r)
}

// sentOnce holds ledger and mailbox together: everyone has one accepted message and one mail.
func (s *story) sentOnce(ctx context.Context, campaignID string, r partner.Report) error {
	if !r.Balanced() || r.Audience != reached || r.Counts.Accepted != reached || r.Responses.Delivered != reached {
		return fmt.Errorf("report: got %+v, want %d accepted and delivered", r, reached)
	}
	var mails []partner.Mail
	if err := persist(ctx, func() (err error) { mails, err = s.shop.Mailbox(ctx, campaignID); return err }); err != nil {
		return err
	}
	to := map[string]int{}
	for _, m := range mails {
		if to[m.To]++; to[m.To] > 1 {
			return fmt.Errorf("%s has %d mails", m.To, to[m.To])
		}
	}
	if len(to) != reached {
		return fmt.Errorf("got %d receivers, want %d", len(to), reached)
	}
	listed := 0
	err := persist(ctx, func() error {
		listed = 0
		return partner.Each(ctx, s.shop, "/v1/campaigns/"+campaignID+"/messages?state=accepted", func(struct{}) error { listed++; return nil })
	})
	if err == nil && listed != reached {
		err = fmt.Errorf("the ledger lists %d accepted messages, want %d", listed, reached)
	}
	return err
}
