package proofs_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// workspace is a tenant with one record of every kind.
type workspace struct {
	*testing.T
	*partner.Client
	ids map[string]string // by the noun of the API's paths
}

// What A has told of its customer, by which B must not find anything.
const (
	theirEmail      = "secret.kim@example.kr"
	theirExternalID = "A-secret-1"
	theirField      = "secretGrade"
	theirName       = "비밀스러운 김단골"
)

func (w *workspace) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *workspace) ctx() context.Context { return w.Context() }

func (w *workspace) make(noun, path string, in any) string {
	w.Helper()
	var made struct{ ID string }
	w.must(w.Post(w.ctx(), path, in, &made))
	w.ids[noun] = made.ID
	return made.ID
}

type document = map[string]any

// furnished signs up and makes one record of every kind through the API.
func furnished(t *testing.T, s *standtest.Stand, email string) *workspace {
	t.Helper()
	w := &workspace{T: t, Client: s.SignUp(t, partner.Person{Email: email}), ids: map[string]string{}}
	customer := w.make("customers", "/v1/customers", document{"name": theirName, "email": theirEmail, "externalId": theirExternalID, "phone": "010-1234-5678"})
	w.must(w.Post(w.ctx(), "/v1/customers/"+customer+"/notes", document{"text": "geheim"}, nil))
	w.must(w.Post(w.ctx(), "/v1/customers/"+customer+"/consents", document{"channel": "email", "purpose": "marketing", "state": "granted"}, nil))
	w.make("leads", "/v1/leads", document{"name": "최관심"})
	product := w.make("products", "/v1/products", document{"name": "시집", "price": partner.Money{Amount: "12000", Currency: "KRW"}})
	w.make("orders", "/v1/orders", document{"customerId": customer, "orderedAt": "2026-03-01T01:00:00Z", "lines": []document{{"productId": product}}})
	w.make("api-keys", "/v1/api-keys", document{"name": "Shop", "scopes": []string{"customers:read"}})
	w.must(w.Post(w.ctx(), "/v1/workspace/fields", document{"key": theirField, "label": document{"ko": "비밀 등급"}, "type": "text"}, nil))
	w.ids["fields"] = theirField
	w.work()
	return w
}

// work makes the records that come of long work.
func (w *workspace) work() {
	im, err := w.Upload(w.ctx(), "customers", []byte("externalId,name\nB-1,이새벽\n"))
	w.must(err)
	w.must(w.Step(w.ctx(), im.ID, "check"))
	_, err = w.Reach(w.ctx(), im.ID, "ready")
	w.must(err)
	w.ids["imports"] = im.ID

	segment := w.make("segments", "/v1/segments", document{"name": "모두", "rule": document{"all": []any{}}})
	w.finish("/v1/segments/"+segment+"/export", document{"format": "csv"})
	var exports struct{ Data []struct{ ID string } }
	w.must(w.Get(w.ctx(), "/v1/exports", &exports))
	w.ids["exports"] = exports.Data[0].ID
	w.finish("/v1/scores/rebuild", document{})

	template := w.make("templates", "/v1/templates", document{"name": "소식", "subject": "{{ customer.name }}님", "html": `<p>소식 <a href="{{ unsubscribe_url }}">수신거부</a></p>`, "text": "소식"})
	w.make("views", "/v1/views", document{"subject": "customers", "name": "단골", "filter": "orders.count gte 3", "shared": true})
	campaign := w.make("campaigns", "/v1/campaigns", document{"name": "봄", "type": "target", "channel": "email", "segmentId": segment, "templateId": template})
	w.must(w.Post(w.ctx(), "/v1/campaigns/"+campaign+"/launch", nil, nil))
	_, err = partner.Await(w.ctx(), w.Client, "/v1/campaigns/"+campaign+"/report", func(r partner.Report) (bool, error) {
		return r.Status == "sent" && r.Responses.Delivered == 1, nil
	})
	w.must(err)
	var messages struct{ Data []struct{ ID string } }
	w.must(w.Get(w.ctx(), "/v1/campaigns/"+campaign+"/messages", &messages))
	w.ids["messages"] = messages.Data[0].ID
}

// finish starts long work, waits for its end and keeps the last job's id.
func (w *workspace) finish(path string, in any) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.ctx(), time.Minute)
	defer cancel()
	job, err := w.Finish(ctx, w.make("jobs", path, in))
	w.must(err)
	if job.Status != "succeeded" {
		w.Fatalf("%s: %+v", path, job)
	}
}

// secrets are the texts that nobody else may ever read.
func (w *workspace) secrets() []string {
	return append(slices.Sorted(maps.Values(w.ids)), theirEmail, theirExternalID, theirName)
}

// snapshot reads everything that the documented operations show of the workspace.
func (w *workspace) snapshot(all []operation) map[string]string {
	shown := map[string]string{}
	for _, o := range all {
		if o.Method != "GET" {
			continue
		}
		path := o.Path
		if len(o.named()) > 0 {
			path = o.at(w.ids[o.noun()])
		}
		reply, err := w.Send(w.ctx(), o.Method, path, nil)
		w.must(err)
		shown[o.ID] = fmt.Sprint(reply.Status, " ", steady(reply.Body))
	}
	return shown
}
