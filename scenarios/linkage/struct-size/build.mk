# The service and the library are of today. The framework came as an archive that was
# built when the library was at version 1; the fixed one was built again.
packet_of_framework.leaky := packet-1
packet_of_framework.fixed := packet-2

define recipe.linkage/struct-size
	$(compile) -I$(stage)/packet-2 -c -o $(objects)/packet.o $(stage)/packet-2/packet.c
	$(compile) -I$(stage)/$(packet_of_framework.$(variant)) -c -o $(objects)/framework.o $(stage)/framework.c
	$(compile) -I$(stage)/packet-2 -c -o $(objects)/service.o $(stage)/service.c
	rm -f $(objects)/libpacket.a $(objects)/libframework.a
	$(AR) rcs $(objects)/libpacket.a $(objects)/packet.o
	$(AR) rcs $(objects)/libframework.a $(objects)/framework.o
	$(link) -o $@ $(objects)/service.o -L$(objects) -lframework -lpacket $(kit)
endef
