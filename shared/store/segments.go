package store

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// SegmentKey is where the ids of a segment's members lie in the blob store: those of the last evaluation or, frozen, of the first.
func (t *Tenant) SegmentKey(segmentID string) string {
	return "t/" + t.ID + "/segments/" + segmentID + "/members"
}

// Segment reads one segment; errs segment_not_found.
func (t *Tenant) Segment(ctx context.Context, segmentID string) (*segments.Segment, error) {
	if !id.Valid(id.Segment, segmentID) {
		return nil, errs.New(errs.NotFound, "segment_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(segmentID), "segment_not_found")
	if err != nil {
		return nil, err
	}
	s := &segments.Segment{Version: it.Version}
	return s, decode(it, s)
}

// Segments lists segments, newest first.
func (t *Tenant) Segments(ctx context.Context, p Page) (out []*segments.Segment, next string, err error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "seg.list", 1, p)
	if err != nil {
		return nil, "", err
	}
	for i := range items {
		s := &segments.Segment{Version: items[i].Version}
		if err := decode(&items[i], s); err != nil {
			return nil, "", err
		}
		out = append(out, s)
	}
	return out, next, nil
}

// CreateSegment adds a new segment.
func (x *Tx) CreateSegment(s *segments.Segment) {
	s.CreatedAt, s.UpdatedAt = x.t.Now(), x.t.Now()
	x.create(table.CRM, LabelRecord, x.t.segmentItem(s, x.event("segment.created", s.ID, nil, nil)))
	s.Version = 1
}

// SaveSegment adds the segment's new state. Label: record.
func (x *Tx) SaveSegment(s *segments.Segment, changed []string) {
	s.UpdatedAt = x.t.Now()
	x.replace(table.CRM, LabelRecord, s.Version, x.t.segmentItem(s, x.event("segment.changed", s.ID, changed, nil)))
	s.Version++
}

// RemoveSegment takes a segment away. Label: record.
func (x *Tx) RemoveSegment(s *segments.Segment) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: s.Version, Label: LabelRecord,
		Item: table.Item{Key: x.t.keys.record(s.ID), Event: x.event("segment.removed", s.ID, nil, nil)}})
}

func (t *Tenant) segmentItem(s *segments.Segment, event []byte) table.Item {
	it := table.Item{Key: t.keys.record(s.ID), Head: encode(s), Event: event}
	it.Index[0] = t.keys.listedOnce("seg.list", s.ID)
	return it
}

// Raced turns a write that lost against another into the refusal that a caller should see: the record has changed since it was read.
func Raced(err error) error {
	var failed *table.ConditionError
	if errors.As(err, &failed) {
		return errs.New(errs.Stale, "version_stale").Because(err)
	}
	return err
}
