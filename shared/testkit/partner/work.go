package partner

import (
	"context"
	"fmt"
	"net/http"
)

// Person is who signs up. Fields left out take the defaults of a shop in Seoul.
type Person struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Company  string `json:"company"`
	Language string `json:"language"`
	TimeZone string `json:"timeZone"`
	Currency string `json:"currency"`
}

// Password is that of everyone who signs up without naming one.
const Password = "blue lamp river 7"

// SignUp makes a workspace and returns a client with its owner's token.
func (c *Client) SignUp(ctx context.Context, p Person) (*Client, error) {
	fill := func(v *string, otherwise string) {
		if *v == "" {
			*v = otherwise
		}
	}
	fill(&p.Password, Password)
	fill(&p.Company, "모퉁이 원두")
	fill(&p.Language, "ko")
	fill(&p.TimeZone, "Asia/Seoul")
	fill(&p.Currency, "KRW")
	var made struct{ AccessToken string }
	err := c.Post(ctx, "/v1/signup", p, &made)
	return c.With(made.AccessToken), err
}

// Job is long work as the API shows it.
type Job struct {
	ID, Kind, Status    string
	Total, Done, Failed int64
	Result              map[string]any
}

// Ended says whether nothing more will happen.
func (j Job) Ended() bool {
	return j.Status == "succeeded" || j.Status == "partlyFailed" || j.Status == "failed" || j.Status == "canceled"
}

// Finish waits for the job's end.
func (c *Client) Finish(ctx context.Context, jobID string) (Job, error) {
	return Await(ctx, c, "/v1/jobs/"+jobID, func(j Job) (bool, error) { return j.Ended(), nil })
}

// Counts are the books of an import.
type Counts struct{ Read, Created, Updated, Skipped, Failed int64 }

// Balanced says whether every row that was read has an outcome.
func (c Counts) Balanced() bool { return c.Read == c.Created+c.Updated+c.Skipped+c.Failed }

// Import is an import as the API shows it.
type Import struct {
	ID, UploadURL, Status, JobID string
	Counts                       Counts
	Mapping                      map[string]string
	Undo                         struct{ Removed, Restored, Kept int64 }
	Problems                     []struct {
		Row                         int64
		Column, Code, Value, Detail string
	}
	FileProblem *struct{ Code, Detail string }
}

// Upload makes an import and sends its file.
func (c *Client) Upload(ctx context.Context, kind string, file []byte) (Import, error) {
	var im Import
	if err := c.Post(ctx, "/v1/imports", map[string]string{"kind": kind, "fileName": kind + ".csv"}, &im); err != nil {
		return im, err
	}
	if err := c.Call(ctx, http.MethodPut, im.UploadURL, file, nil); err != nil {
		return im, err
	}
	return im, c.Get(ctx, "/v1/imports/"+im.ID, &im)
}

// Step starts one step of an import: check, commit, undo.
func (c *Client) Step(ctx context.Context, importID, step string) error {
	return c.Post(ctx, "/v1/imports/"+importID+"/"+step, nil, nil)
}

// Reach waits for the import to be in one of the states.
func (c *Client) Reach(ctx context.Context, importID string, states ...string) (Import, error) {
	return Await(ctx, c, "/v1/imports/"+importID, func(im Import) (bool, error) {
		if !im.Counts.Balanced() {
			return false, fmt.Errorf("import %s: the books do not balance: %+v", im.ID, im.Counts)
		}
		for _, s := range states {
			if im.Status == s {
				return true, nil
			}
		}
		return false, nil
	})
}

// Bring takes a file through upload, check and commit with the mapping that was guessed.
func (c *Client) Bring(ctx context.Context, kind string, file []byte) (Import, error) {
	im, err := c.Upload(ctx, kind, file)
	if err != nil {
		return im, err
	}
	if err := c.Step(ctx, im.ID, "check"); err != nil {
		return im, err
	}
	if _, err := c.Reach(ctx, im.ID, "ready"); err != nil {
		return im, err
	}
	if err := c.Step(ctx, im.ID, "commit"); err != nil {
		return im, err
	}
	return c.Reach(ctx, im.ID, "succeeded", "partlyFailed")
}

// Money is an amount as the API writes it.
type Money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// Report is a campaign's report.
type Report struct {
	CampaignID, Status string
	Audience, Holdout  int64
	Counts             struct{ Planned, Accepted, Skipped, Failed, Uncertain, Pending, Canceled int64 }
	SkippedBy          map[string]int64
	Revenue            Money
	Responses          struct{ Delivered, Opened, OpenedByMachine, Clicked, Bought, Unsubscribed, Bounced, Complained int64 }
}

// Balanced says whether everyone of the audience and every message has one place.
func (r Report) Balanced() bool {
	n := r.Counts
	return r.Audience == r.Holdout+n.Planned && n.Planned == n.Accepted+n.Skipped+n.Failed+n.Uncertain+n.Pending+n.Canceled
}

// Mail is a message in the local mailbox.
type Mail struct {
	ID, To, Subject, HTML, Text, CampaignID, MessageID string
	Headers                                            map[string]string
}

// Mailbox reads the caught mail of a campaign.
func (c *Client) Mailbox(ctx context.Context, campaignID string) (all []Mail, err error) {
	return all, c.Get(ctx, "/local/mailbox.json?campaignId="+campaignID, &all)
}
