//go:build leaky

package main

func (r *room) leave(member string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	delete(r.members, member)
	if len(r.members) == 0 {
		r.close() // LEAK: close takes the lock that leave holds until close returns
	}
}
