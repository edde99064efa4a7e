/** What a person looks at: the report page, the steps' table, and what they are drawn from. */
@NullMarked
package io.evenstep.driver.report;

import org.jspecify.annotations.NullMarked;
