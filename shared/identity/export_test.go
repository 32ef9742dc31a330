package identity

// Work returns how many KiB all password hashes have written so far.
func (p *Passwords) Work() int64 { return p.hasher.work.Load() }

// Cheapen makes further hashes cost less, as those of years ago did.
func (p *Passwords) Cheapen() { p.hasher.cost = Cost{Memory: 64, Passes: 1, Lanes: 1} }

// Restore makes them cost what they should.
func (p *Passwords) Restore() { p.hasher.cost = recommended() }
