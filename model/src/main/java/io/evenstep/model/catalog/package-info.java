/**
 * What a job file can name when it describes a network: every layer, loss, optimizer, schedule,
 * activation and weight initialisation, with its parameters, and how DL4J makes it.
 */
@NullMarked
package io.evenstep.model.catalog;

import org.jspecify.annotations.NullMarked;
