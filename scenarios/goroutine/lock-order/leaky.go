//go:build leaky

package main

// exchange gives the peer what it lacks. The peer does the same at the same time.
func (r *replica) exchange(peer *replica, heard chan<- int64) {
	r.lock.Lock()
	defer r.lock.Unlock()
	heard <- r.call(peer, r.version)

	peer.lock.Lock() // LEAK: the peer holds this lock, and waits for the one that we hold
	defer peer.lock.Unlock()
	peer.pages = append(peer.pages, r.news...)
}
