/* The words of values in Haft. Made by `cargo xtask gen` from the tables in hpy-abi/src; edit those. */

#ifndef HAFT_AUTOGEN_WORDS_H
#define HAFT_AUTOGEN_WORDS_H

/* Where the mark is in the context, in bytes. */
#define _HAFT_MARK_OFFSET 20
/* The mark of words of this kind. */
#define _HAFT_MARK 1213464577
/* These bits are 0 in the word of an object; all bits are 0 in null. */
#define _HAFT_OBJECT_MASK 7
/* These bits tell small integers. */
#define _HAFT_INT_MASK 3
/* What they are then. */
#define _HAFT_INT_TAG 1
/* By so many bits a small integer is shifted to the left. */
#define _HAFT_INT_SHIFT 2
/* So many bits a double is rotated to the left. */
#define _HAFT_FLOAT_ROTATION 4
/* What is added to it then. */
#define _HAFT_FLOAT_BIAS 3
/* A bit for each value of the lowest three bits that is a double's. */
#define _HAFT_FLOAT_TAGS 200
/* None. */
#define _HAFT_NONE 4
/* False. */
#define _HAFT_FALSE 20
/* True. */
#define _HAFT_TRUE 28
/* From the address of an object to its native structure, in bytes, if it is of shape Object. */
#define _HAFT_OBJECT_STRUCT 16
/* The first four bytes of a list of exactly that class. */
#define _HAFT_LIST_SHAPE 6
/* Where a list has the word of the array of its items, null or an integer's if there is none. */
#define _HAFT_LIST_ARRAY 8
/* Where a list has its length, as the word of an integer. */
#define _HAFT_LIST_LEN 16
/* The first four bytes of a tuple of exactly that class. */
#define _HAFT_TUPLE_SHAPE 5
/* Where a tuple has its length. */
#define _HAFT_TUPLE_LEN 8
/* Where a tuple, and the array of a list, has its items. */
#define _HAFT_ITEMS 16
/* Where an object has the bits of the collector, in a byte. */
#define _HAFT_GC 5
/* These of them tell whether the collector must hear of a new item. */
#define _HAFT_GC_MASK 3
/* It must when they are this. */
#define _HAFT_GC_OLD 1

#endif /* HAFT_AUTOGEN_WORDS_H */
