/** Texts as sequences of tokens: characters, words, or byte-pair pieces. */
@NullMarked
package io.evenstep.model.data.token;

import org.jspecify.annotations.NullMarked;
