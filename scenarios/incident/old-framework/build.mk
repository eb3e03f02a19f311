# Library A in two versions, each with a header tree of its own. The service is built with
# the new one, and linked with it. The framework came as an archive that was built with the
# old one; the fixed one was built again.
libraries.incident/old-framework := rdkafka libprotobuf-c
item_of_rpc.leaky := old
item_of_rpc.fixed := new

define recipe.incident/old-framework
	mkdir -p $(objects)/old $(objects)/new
	protoc-c -I$(stage) --c_out=$(objects) change.proto
	for v in old new; do $(compile) -I$(stage)/$$v -c -o $(objects)/$$v/item.o $(stage)/$$v/item.c || exit; done
	$(compile) -I$(stage)/$(item_of_rpc.$(variant)) -c -o $(objects)/rpc.o $(stage)/rpc.c
	for s in gateway ring pipeline; do \
	  $(compile) -I$(objects) -I$(stage)/new -c -o $(objects)/$$s.o $(stage)/$$s.c || exit; \
	done
	$(compile) -c -o $(objects)/change.pb-c.o $(objects)/change.pb-c.c
	rm -f $(objects)/libitem.a $(objects)/librpc.a
	$(AR) rcs $(objects)/libitem.a $(objects)/new/item.o
	$(AR) rcs $(objects)/librpc.a $(objects)/rpc.o
	$(link) -Wl,--warn-common -o $@ $(patsubst %,$(objects)/%.o,pipeline gateway ring change.pb-c) \
	  -L$(objects) -lrpc -litem $(kit) $(libs)
endef
