package store

import (
	"context"

	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

func (k keys) serviceMail(mailID string) table.Key {
	return table.Key{PK: k.pk("mail", mailID), SK: "mail"}
}

// RequestMail adds a mail to hand over; the change feed queues it once the transaction is committed. It sets ID and CreatedAt.
func (x *Tx) RequestMail(r *servicemail.Request) {
	r.ID, r.CreatedAt = x.t.NewID(id.Message), x.t.Now()
	it := x.t.serviceMailItem(r)
	it.Event = x.event(MailRequested, r.ID, nil, servicemail.Call{Tenant: x.t.ID, Mail: r.ID})
	x.create(table.Ops, "mail", it)
	r.Version = 1
}

// ServiceMail reads one request; errs mail_not_found once it is older than servicemail.Kept.
func (t *Tenant) ServiceMail(ctx context.Context, mailID string) (*servicemail.Request, error) {
	it, err := t.get(ctx, table.Ops, t.keys.serviceMail(mailID), "mail_not_found")
	if err != nil {
		return nil, err
	}
	r := &servicemail.Request{Version: it.Version}
	return r, decode(it, r)
}

// EndMail adds that the request was handed over, or why it never will be. Label "mail" fails when another worker ended it first.
func (x *Tx) EndMail(r *servicemail.Request, failure string) {
	now := x.t.Now()
	r.DoneAt, r.Failure = &now, failure
	x.replace(table.Ops, "mail", r.Version, x.t.serviceMailItem(r))
	r.Version++
}

func (t *Tenant) serviceMailItem(r *servicemail.Request) table.Item {
	return table.Item{Key: t.keys.serviceMail(r.ID), Head: encode(r), Expires: r.CreatedAt.Add(servicemail.Kept).Unix()}
}
