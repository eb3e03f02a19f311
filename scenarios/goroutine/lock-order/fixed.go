//go:build !leaky

package main

// exchange gives the peer what it lacks. The peer does the same at the same time.
func (r *replica) exchange(peer *replica, heard chan<- int64) {
	r.lock.Lock()
	version, news := r.version, r.news
	r.lock.Unlock() // FIX: hold one lock at a time, and none while others talk
	heard <- r.call(peer, version)

	peer.lock.Lock()
	defer peer.lock.Unlock()
	peer.pages = append(peer.pages, news...)
}
