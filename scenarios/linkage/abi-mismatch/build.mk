# The service and the item library are of today. The framework came as an archive
# that was built when item was at version 1; the fixed one was built again.
item_of_framework.leaky := item-1
item_of_framework.fixed := item-2

define recipe.linkage/abi-mismatch
	$(compile) -I$(stage)/item-2 -c -o $(objects)/item.o $(stage)/item-2/item.c
	$(compile) -I$(stage)/$(item_of_framework.$(variant)) -c -o $(objects)/framework.o $(stage)/framework.c
	$(compile) -I$(stage)/item-2 -c -o $(objects)/service.o $(stage)/service.c
	rm -f $(objects)/libitem.a $(objects)/libframework.a
	$(AR) rcs $(objects)/libitem.a $(objects)/item.o
	$(AR) rcs $(objects)/libframework.a $(objects)/framework.o
	$(link) -o $@ $(objects)/service.o -L$(objects) -lframework -litem $(kit)
endef
