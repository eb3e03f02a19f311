# The service and the library are of today. The framework came as an archive that was
# built when the library was at version 1; the fixed one was built again.
handle_of_framework.leaky := handle-1
handle_of_framework.fixed := handle-2

define recipe.linkage/old-macro
	$(compile) -I$(stage)/handle-2 -c -o $(objects)/handle.o $(stage)/handle-2/handle.c
	$(compile) -I$(stage)/$(handle_of_framework.$(variant)) -c -o $(objects)/framework.o $(stage)/framework.c
	$(compile) -I$(stage)/handle-2 -c -o $(objects)/service.o $(stage)/service.c
	rm -f $(objects)/libhandle.a $(objects)/libframework.a
	$(AR) rcs $(objects)/libhandle.a $(objects)/handle.o
	$(AR) rcs $(objects)/libframework.a $(objects)/framework.o
	$(link) -o $@ $(objects)/service.o -L$(objects) -lframework -lhandle $(kit)
endef
