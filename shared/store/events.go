package store

// The events that the change feed acts on. Their data is the body of the queue message.
const (
	// ChunkReady asks for a chunk of a campaign to be sent; data: a message.Call.
	ChunkReady = "chunk.ready"
	// LookDue asks for a look at a campaign; data: a campaign.Look.
	LookDue = "campaign.lookDue"
	// MailRequested asks for a service mail; data names the tenant and the request.
	MailRequested = "mail.requested"
)
