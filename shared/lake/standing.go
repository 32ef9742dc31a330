package lake

import "github.com/dangol/dangol/shared/crm/lifecycle"

// standing writes where a customer stands in the lifecycle.
func (c *cells) standing(s *lifecycle.Standing) {
	c.text("lifecycleStage", string(s.LifecycleStage))
	c.text("lifecycleReason", string(s.LifecycleReason))
	c.text("lifecycleSince", s.LifecycleSince)
	c.text("lifecycleBefore", string(s.LifecycleBefore))
}
