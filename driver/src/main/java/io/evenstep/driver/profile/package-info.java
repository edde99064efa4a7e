/** Profiles a table in one pass and drafts a first job for it. */
@NullMarked
package io.evenstep.driver.profile;

import org.jspecify.annotations.NullMarked;
