package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
	"github.com/dangol/dangol/tenants"
)

// late carries over who unsubscribed, bounced or complained at the old stage after the cut: links in mails that went out before lead there, and so do the
// provider's reports. Only what was written within the time goes: who was taken off the list at the new stage since, must not come back to it.
func (m *move) late(ctx context.Context, within time.Duration) error {
	from, err := m.from.db.Tenant(m.tenant).Tenancy(ctx)
	if err != nil {
		return err
	}
	if from.Status != tenants.Moved {
		return fmt.Errorf("%s is %s at %s: before the cut nothing is late", m.tenant, from.Status, m.from.Stage)
	}
	prefix, since, carried := table.Own(m.tenant)+"sup#", m.clock.Now().Add(-within), 0
	err = m.from.tables.Each(ctx, m.from.TableName(table.Outreach), raw.Filter{{Attr: table.AttrPK, Begins: prefix}}, func(it raw.Item) error {
		var s message.Suppression
		if err := it.Head(&s); err != nil || s.At.Before(since) || !strings.HasPrefix(it.Key().PK, prefix) {
			return err
		}
		there, err := m.to.tables.PutNewer(ctx, m.to.TableName(table.Outreach), it)
		if err == nil && there == nil {
			carried++
		}
		return err
	})
	m.say("carried %d addresses over that may not be written to", carried)
	return err
}
