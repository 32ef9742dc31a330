package api

import "sync"

// late is what an API with Options.OnDemand has put off, in the order of its registration.
type late struct {
	one     sync.Mutex // Huma's registry of schemas is not made for two at a time
	waiting []func()
}

// later does the work now or, on demand, when what it returns is called first. Work that panics does so at every call.
func (c *core) later(work func()) func() {
	if !c.o.OnDemand {
		work()
		return func() {}
	}
	once := sync.OnceFunc(func() {
		c.one.Lock()
		defer c.one.Unlock()
		work()
	})
	c.waiting = append(c.waiting, once)
	return once
}

// catchUp does all that was put off.
func (c *core) catchUp() {
	for _, work := range c.waiting {
		work()
	}
}
