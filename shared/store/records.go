package store

import (
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/table"
)

// What the images of the change feed hold, for whoever follows it. An image is the whole item, so that nothing has to be read again.

// CustomerIn reads a customer from the item that holds it.
func CustomerIn(it *table.Item) (*customer.Customer, error) { return decodeCustomer(it) }

// LeadIn reads a lead.
func LeadIn(it *table.Item) (*lead.Lead, error) { return decodeLead(it) }

// OrderIn reads an order.
func OrderIn(it *table.Item) (*order.Order, error) {
	if len(it.Body) == 0 {
		return &order.Order{Version: it.Version}, nil
	}
	o, err := order.Read(it.Body)
	if err != nil {
		return nil, fmt.Errorf("decode %s/%s: %w", it.PK, it.SK, err)
	}
	o.Version = it.Version
	return o, nil
}

// CampaignIn reads a campaign's plan, without where it stands.
func CampaignIn(it *table.Item) (*campaign.Campaign, error) {
	return decodeCampaign(it, &campaign.Control{})
}

// ControlIn reads where a campaign stands, and which one it is.
func ControlIn(it *table.Item) (campaignID string, ctl *campaign.Control, err error) {
	ctl, err = decodeControl(it)
	return aggregate(it.Key), ctl, err
}

// MessageIn reads a message.
func MessageIn(it *table.Item) (*message.Message, error) { return decodeMessage(it) }

// ConsentIn reads a statement, and whose it is.
func ConsentIn(it *table.Item) (customerID string, said consent.Consent, err error) {
	err = decode(it, &said)
	return aggregate(it.Key), said, err
}

// EntryIn reads an entry of a timeline, and whose it is.
func EntryIn(it *table.Item) (customerID string, e timeline.Entry, err error) {
	e, err = decodeEntry(it)
	return aggregate(it.Key), e, err
}

// ScoreIn reads a customer's present score.
func ScoreIn(it *table.Item) (*ScoredCustomer, error) {
	s := &ScoredCustomer{}
	return s, decode(it, s)
}

// aggregate is the id of the record in whose partition an item lies.
func aggregate(k table.Key) string { return k.PK[strings.LastIndexByte(k.PK, '#')+1:] }
