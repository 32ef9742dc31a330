package audience

import (
	"context"
	"slices"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/errs"
)

// question is a rule made ready with all segments that it asks for, directly or through others.
type question struct {
	matcher *segment.Matcher
	parts   map[string]part
	needs   segment.Needs
	env     segment.Env
}

// part is a segment inside the rule: a rule of its own, or the people frozen into it.
type part struct {
	of      segment.Rule
	matcher *segment.Matcher
	ids     []string
	members map[string]bool
}

// rule returns the rule of a segment inside.
func (q *question) rule(segmentID string) (segment.Rule, bool) {
	p := q.parts[segmentID]
	return p.of, p.matcher != nil
}

// frozen returns the people frozen into a segment inside.
func (q *question) frozen(segmentID string) ([]string, bool) {
	p, known := q.parts[segmentID]
	return p.ids, known && p.matcher == nil
}

// question prepares a rule. It refuses a segment that is not there (rule_segment_unknown) and one that asks for itself (rule_segment_cycle).
func (r *Reader) question(ctx context.Context, rule segment.Rule) (*question, error) {
	env, err := r.ruleEnv(ctx)
	if err != nil {
		return nil, err
	}
	q := &question{parts: map[string]part{}, env: env}
	q.matcher, err = r.prepare(ctx, q, env, rule, nil)
	return q, err
}

func (r *Reader) ruleEnv(ctx context.Context) (segment.Env, error) {
	ws, err := r.t.Workspace(ctx)
	if err != nil {
		return segment.Env{}, err
	}
	return segment.Env{Now: r.t.Now(), Zone: ws.Zone(), Currency: ws.Currency}, nil
}

// Within makes the segments ready that a rule names, directly or through others, for whoever asks a lake by that rule. It refuses what Check refuses.
func (r *Reader) Within(ctx context.Context, rule segment.Rule, env segment.Env) (Segments, error) {
	q := &question{parts: map[string]part{}, env: env}
	for _, s := range rule.Segments() {
		if err := r.addPart(ctx, q, env, s, []string{s}); err != nil {
			return Segments{}, err
		}
	}
	return Segments{q.rule, q.frozen}, nil
}

// Segments are those inside a rule: each is a rule of its own, or the people frozen into it.
type Segments struct {
	Rule   func(segmentID string) (segment.Rule, bool)
	Frozen func(segmentID string) ([]string, bool)
}

// prepare compiles a rule and, before it, the segments it names; above are the segments that led here.
func (r *Reader) prepare(ctx context.Context, q *question, env segment.Env, rule segment.Rule, above []string) (*segment.Matcher, error) {
	m, err := segment.Compile(rule, env)
	if err != nil {
		return nil, err
	}
	n := m.Needs()
	q.needs.Orders, q.needs.Scores = q.needs.Orders || n.Orders, q.needs.Scores || n.Scores
	for _, c := range n.Campaigns {
		if !slices.Contains(q.needs.Campaigns, c) {
			q.needs.Campaigns = append(q.needs.Campaigns, c)
		}
	}
	for _, s := range n.Segments {
		if slices.Contains(above, s) {
			return nil, errs.InvalidField("/rule", "rule_segment_cycle", "segment", s)
		}
		if err := r.addPart(ctx, q, env, s, append(slices.Clone(above), s)); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (r *Reader) addPart(ctx context.Context, q *question, env segment.Env, segmentID string, above []string) error {
	if _, done := q.parts[segmentID]; done {
		return nil
	}
	s, err := r.t.Segment(ctx, segmentID)
	if errs.Code(err) == "segment_not_found" {
		return errs.InvalidField("/rule", "rule_segment_unknown", "segment", segmentID)
	}
	if err != nil {
		return err
	}
	if s.Membership == segments.Frozen {
		q.parts[segmentID], err = r.frozenPart(ctx, segmentID)
		return err
	}
	rule, err := ruleOf(s)
	if err != nil {
		return err
	}
	m, err := r.prepare(ctx, q, env, rule, above)
	q.parts[segmentID] = part{of: rule, matcher: m}
	return err
}

func (r *Reader) frozenPart(ctx context.Context, segmentID string) (part, error) {
	ids, err := r.frozen(ctx, segmentID)
	members := make(map[string]bool, len(ids))
	for _, c := range ids {
		members[c] = true
	}
	return part{ids: ids, members: members}, err
}

// Check refuses a rule that cannot be asked: an unknown segment, or one that leads back to self ("" for a segment not yet made).
func (r *Reader) Check(ctx context.Context, rule segment.Rule, self string) error {
	q, err := r.question(ctx, rule)
	if err != nil {
		return err
	}
	if _, leadsBack := q.parts[self]; leadsBack {
		return errs.InvalidField("/rule", "rule_segment_cycle", "segment", self)
	}
	return nil
}
